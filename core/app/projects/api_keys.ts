import db from '@adonisjs/lucid/services/db'
import { User } from '#accounts/public'
import { Problem } from '#shared/http/problem'
import type { Account } from '#shared/http/types'
import { hashToken } from '#shared/secret_tokens'
import ApiKey from './models/api_key.ts'

export const API_KEY_PREFIX = 'af_'

/** The caller behind a key, as long as neither the key nor the user who made it was shut out. */
export async function authenticateApiKey(token: string): Promise<Account> {
  const key = await ApiKey.query().where('hash', hashToken(token)).whereNull('revoked_at').first()
  const user = key === null ? null : await User.find(key.createdBy)
  if (key === null || user?.disabledAt !== null) throw new Problem('token_invalid')
  await noteUse(key.id)
  return {
    id: user.id,
    // Never the role of the user who made the key: a key of an admin is no admin.
    role: 'marketer',
    kind: 'api_key',
    user: { id: user.id, email: user.email, fullName: user.fullName, role: 'marketer' },
    apiKey: { id: key.id, projectId: key.projectId, permissions: key.permissions },
  }
}

/** To the minute, so that a busy key does not write on every request. */
async function noteUse(id: number): Promise<void> {
  await db.rawQuery(
    `update api_keys set last_used_at = now()
      where id = ? and (last_used_at is null or last_used_at < now() - interval '1 minute')`,
    [id]
  )
}
