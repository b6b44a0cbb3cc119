import db from '@adonisjs/lucid/services/db'
import { credentialVault, type CredentialVault } from './credentials.ts'
import Integration from './models/integration.ts'

/**
 * Encrypts anew, under the current APP_KEY, whatever still needs the previous one. Afterwards
 * APP_KEY_PREVIOUS can go. Returns the number of integrations changed.
 */
export async function rotateCredentials(
  vault: CredentialVault = credentialVault()
): Promise<number> {
  const found = await Integration.query().whereNotNull('encrypted_credentials').select('id')
  let changed = 0
  for (const { id } of found) {
    // One short transaction each: a PATCH in between must not be undone with the older secrets.
    changed += await db.transaction(async (trx) => {
      const row = await Integration.query({ client: trx }).where('id', id).forUpdate().first()
      const ciphertext = row?.encryptedCredentials
      if (!row || !ciphertext || !vault.isOutdated(ciphertext)) return 0
      const owner = { projectId: row.projectId, integrationId: row.id }
      row.encryptedCredentials = vault.encrypt(vault.decrypt(ciphertext, owner), owner)
      await row.save()
      return 1
    })
  }
  return changed
}
