import db from '@adonisjs/lucid/services/db'
import { publicUrl } from '#shared/public_url'
import { hashToken, randomToken } from '#shared/secret_tokens'
import { credentialVault } from '../credentials.ts'

/** Where a vendor calls for one connection. Whoever knows the address may call it, so it is a secret. */
interface AddressRow {
  integration_id: string
  project_id: number
  encrypted_token: string
}

const ownerOf = (projectId: number, integrationId: string) => ({
  projectId,
  integrationId,
  purpose: 'webhook' as const,
})

const urlOf = (token: string) => publicUrl(`/api/v1/webhooks/${token}`)

async function findRow(integrationId: string): Promise<AddressRow | null> {
  return (await db
    .from('webhook_endpoints')
    .where('integration_id', integrationId)
    .first()) as AddressRow | null
}

/** The address, if the connection has one. */
export async function webhookUrl(integrationId: string): Promise<string | undefined> {
  const row = await findRow(integrationId)
  if (row === null) return undefined
  const owner = ownerOf(row.project_id, integrationId)
  return urlOf(String(credentialVault().decrypt(row.encrypted_token, owner).token))
}

/** The address of a connection, made at the first call. */
export async function makeWebhookUrl(projectId: number, integrationId: string): Promise<string> {
  const token = randomToken('')
  await db.rawQuery(
    `insert into webhook_endpoints (integration_id, project_id, token_hash, encrypted_token)
     values (?, ?, ?, ?) on conflict (integration_id) do nothing`,
    [
      integrationId,
      projectId,
      hashToken(token),
      credentialVault().encrypt({ token }, ownerOf(projectId, integrationId)),
    ]
  )
  return (await webhookUrl(integrationId)) ?? urlOf(token)
}

/** The connection that an address belongs to. */
export async function integrationAt(token: string): Promise<string | undefined> {
  const row = (await db
    .from('webhook_endpoints')
    .where('token_hash', hashToken(token))
    .select('integration_id')
    .first()) as Pick<AddressRow, 'integration_id'> | null
  return row === null ? undefined : String(row.integration_id)
}
