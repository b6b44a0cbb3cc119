import db from '@adonisjs/lucid/services/db'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { credentialVault, type CredentialOwner, type CredentialVault } from './credentials.ts'

/** A column of ciphertexts: whose they are stands beside them. */
interface Sealed {
  table: string
  id: string
  column: string
  purpose?: NonNullable<CredentialOwner['purpose']>
}

/** Consents are not among them: they end within minutes. */
const sealed: readonly Sealed[] = [
  { table: 'integrations', id: 'id', column: 'encrypted_credentials' },
  {
    table: 'connection_tokens',
    id: 'integration_id',
    column: 'encrypted_tokens',
    purpose: 'tokens',
  },
  {
    table: 'webhook_endpoints',
    id: 'integration_id',
    column: 'encrypted_token',
    purpose: 'webhook',
  },
]

type Row = Record<string, unknown> & { project_id: number }

/** @returns whether it had to be changed */
async function rotateOne(
  trx: TransactionClientContract,
  { table, id: idColumn, column, purpose }: Sealed,
  id: string,
  vault: CredentialVault
): Promise<boolean> {
  const row = (await trx.from(table).where(idColumn, id).forUpdate().first()) as Row | null
  const ciphertext = row?.[column]
  if (row === null || typeof ciphertext !== 'string' || !vault.isOutdated(ciphertext)) return false
  const owner = { projectId: row.project_id, integrationId: id, ...(purpose && { purpose }) }
  const renewed = vault.encrypt(vault.decrypt(ciphertext, owner), owner)
  await trx
    .from(table)
    .where(idColumn, id)
    .update({ [column]: renewed })
  return true
}

/**
 * Encrypts anew, under the current APP_KEY, whatever still needs the previous one. Afterwards
 * APP_KEY_PREVIOUS can go. Returns the number of ciphertexts changed.
 */
export async function rotateCredentials(
  vault: CredentialVault = credentialVault()
): Promise<number> {
  let changed = 0
  for (const place of sealed) {
    const found = (await db
      .from(place.table)
      .whereNotNull(place.column)
      .select(`${place.id} as id`)) as { id: string }[]
    for (const { id } of found) {
      // One short transaction each: a PATCH in between must not be undone with the older secrets.
      const isChanged = await db.transaction((trx) => rotateOne(trx, place, String(id), vault))
      if (isChanged) changed += 1
    }
  }
  return changed
}
