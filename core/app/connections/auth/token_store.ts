import db from '@adonisjs/lucid/services/db'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { SourceError } from '@analyticaflow/sdk'
import type { Tokens, TokenStore } from '@analyticaflow/sdk/runtime'
import { credentialVault, CredentialsUnreadable, type Credentials } from '../credentials.ts'

/** Whose tokens. */
export interface TokenOwner {
  integrationId: string
  projectId: number
}

export interface KeepOptions {
  /** A job renews them ahead of their end; else whoever needs them does. */
  isRenewedAhead: boolean
  now?: Date
}

interface TokenRow {
  encrypted_tokens: string | null
}

/** The part of their time after which tokens are renewed by the job. */
const RENEWED_AT = 0.75

const vaultOwner = (owner: TokenOwner) => ({ ...owner, purpose: 'tokens' as const })

function open(row: TokenRow | null, owner: TokenOwner): Tokens | undefined {
  if (row?.encrypted_tokens == null) return undefined
  try {
    return credentialVault().decrypt(row.encrypted_tokens, vaultOwner(owner)) as unknown as Tokens
  } catch (cause) {
    if (!(cause instanceof CredentialsUnreadable)) throw cause
    const message = 'The stored tokens cannot be read, as the key of this installation has changed.'
    throw new SourceError('auth_expired', `${message} Connect it again.`, { cause })
  }
}

function refreshAt({ expiresAt }: Tokens, now: Date): Date | null {
  if (expiresAt === undefined) return null
  const left = Date.parse(expiresAt) - now.getTime()
  return new Date(now.getTime() + Math.max(0, left * RENEWED_AT))
}

/** Keeps tokens; what was there before is gone. */
export async function keepTokens(
  owner: TokenOwner,
  tokens: Tokens,
  trx: TransactionClientContract,
  { isRenewedAhead, now = new Date() }: KeepOptions
): Promise<void> {
  const sealed = credentialVault().encrypt(tokens as unknown as Credentials, vaultOwner(owner))
  await trx
    .table('connection_tokens')
    .insert({
      integration_id: owner.integrationId,
      project_id: owner.projectId,
      encrypted_tokens: sealed,
      expires_at: tokens.expiresAt ?? null,
      refresh_at: isRenewedAhead ? refreshAt(tokens, now) : null,
      updated_at: now,
    })
    .knexQuery.onConflict('integration_id')
    .merge()
}

/** Forgets the tokens of a connection, such as when its account is another one now. */
export async function forgetTokens(
  integrationId: string,
  trx: TransactionClientContract
): Promise<void> {
  await trx.from('connection_tokens').where('integration_id', integrationId).delete()
}

export async function hasTokens(integrationIds: readonly string[]): Promise<Set<string>> {
  const rows = (await db
    .from('connection_tokens')
    .whereIn('integration_id', [...integrationIds])
    .whereNotNull('encrypted_tokens')
    .select('integration_id')) as { integration_id: string }[]
  return new Set(rows.map(({ integration_id: id }) => String(id)))
}

/** The row exists from here on, so that it can be locked. */
async function lockRow(trx: TransactionClientContract, owner: TokenOwner): Promise<TokenRow> {
  await trx.rawQuery(
    `insert into connection_tokens (integration_id, project_id) values (?, ?)
     on conflict (integration_id) do nothing`,
    [owner.integrationId, owner.projectId]
  )
  const row = (await trx
    .from('connection_tokens')
    .where('integration_id', owner.integrationId)
    .select('encrypted_tokens')
    .forUpdate()
    .firstOrFail()) as TokenRow
  return row
}

/**
 * Tokens of one connection. A row lock makes one process at a time ask for new ones; they are committed
 * before anybody gets them. What was loaded is remembered: a process that comes second finds in
 * `update` that the tokens are new already.
 */
export class ConnectionTokens implements TokenStore {
  readonly #owner: TokenOwner
  readonly #options: KeepOptions
  readonly #seen: (secrets: unknown) => void
  #known: Tokens | undefined

  /** @param seen is told all tokens that come by, to keep them out of logs */
  constructor(
    owner: TokenOwner,
    options: KeepOptions,
    seen: (secrets: unknown) => void = () => undefined
  ) {
    this.#owner = owner
    this.#options = options
    this.#seen = seen
  }

  async load(): Promise<Tokens | undefined> {
    if (this.#known !== undefined) return this.#known
    const row = (await db
      .from('connection_tokens')
      .where('integration_id', this.#owner.integrationId)
      .select('encrypted_tokens')
      .first()) as TokenRow | null
    return this.#remember(open(row, this.#owner))
  }

  async update(change: (current: Tokens | undefined) => Promise<Tokens>): Promise<Tokens> {
    const after = await db.transaction(async (trx) => {
      const current = open(await lockRow(trx, this.#owner), this.#owner)
      const changed = await change(current)
      if (changed !== current) await keepTokens(this.#owner, changed, trx, this.#options)
      return changed
    })
    this.#remember(after)
    return after
  }

  #remember<T extends Tokens | undefined>(tokens: T): T {
    this.#known = tokens
    if (tokens !== undefined) this.#seen([tokens.accessToken, tokens.refreshToken])
    return tokens
  }
}
