import { createHmac } from 'node:crypto'
import { AES256GCM } from '@boringnode/encryption/drivers/aes_256_gcm'
import { appKey, previousAppKey } from '#start/env'

/** Whose credentials these are: bound into the ciphertext, so that it opens nowhere else. */
export interface CredentialOwner {
  projectId: number
  integrationId: string
  /** What for; absent: what the user typed in. */
  purpose?: 'tokens' | 'consent' | 'webhook'
}

export type Credentials = Record<string, unknown>

/** The ciphertext cannot be opened: another owner, a lost key, or a changed byte. */
export class CredentialsUnreadable extends Error {
  override readonly name = 'CredentialsUnreadable'
}

/** Says which key a ciphertext needs; tells nothing about the key itself. */
const idOf = (secret: string): string =>
  createHmac('sha256', secret).update('analyticaflow/credentials').digest('hex').slice(0, 12)

/** What the ciphertext is authenticated with, besides its content. */
const associatedData = ({ projectId, integrationId, purpose }: CredentialOwner): string =>
  `${purpose ?? 'credentials'}:${projectId}:${integrationId}`

/**
 * Encrypts credentials with AES-256-GCM; see docs/decisions/0050. A ciphertext reads
 * `<key id>.<version and data>.<nonce>.<tag>`.
 */
export class CredentialVault {
  readonly #currentId: string
  readonly #current: AES256GCM
  readonly #drivers: Map<string, AES256GCM>

  /** The first secret encrypts; the others, of earlier rotations, still decrypt. */
  constructor(secrets: readonly [string, ...string[]]) {
    const driverOf = (secret: string) => new AES256GCM({ id: idOf(secret), key: secret })
    const [current] = secrets
    this.#currentId = idOf(current)
    this.#current = driverOf(current)
    this.#drivers = new Map(secrets.map((secret) => [idOf(secret), driverOf(secret)]))
  }

  encrypt(credentials: Credentials, owner: CredentialOwner): string {
    return this.#current.encrypt(credentials, { purpose: associatedData(owner) })
  }

  /** @throws CredentialsUnreadable */
  decrypt(ciphertext: string, owner: CredentialOwner): Credentials {
    const driver = this.#drivers.get(ciphertext.split('.')[0] ?? '')
    if (driver === undefined) {
      throw new CredentialsUnreadable('The credentials were encrypted with a key that is not here')
    }
    const credentials = driver.decrypt<Credentials>(ciphertext, associatedData(owner))
    if (credentials !== null) return credentials
    throw new CredentialsUnreadable('The credentials do not belong to this integration')
  }

  /** Whether a ciphertext still needs a key of an earlier rotation. */
  isOutdated(ciphertext: string): boolean {
    return ciphertext.split('.')[0] !== this.#currentId
  }
}

let vault: CredentialVault | undefined

/** The vault under this installation's APP_KEY. */
export function credentialVault(): CredentialVault {
  vault ??= new CredentialVault(previousAppKey ? [appKey, previousAppKey] : [appKey])
  return vault
}
