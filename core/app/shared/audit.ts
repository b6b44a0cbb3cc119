import type { HttpContext } from '@adonisjs/core/http'
import db from '@adonisjs/lucid/services/db'
import type { QueryClientContract } from '@adonisjs/lucid/types/database'
import type { Account } from '#shared/http/types'

export interface AuditEntry {
  /** `<thing>.<past participle>`, e.g. `project.deleted`. */
  action: string
  actorId?: number | undefined
  apiKeyId?: number | undefined
  projectId?: number
  /** What it was done to, where that is not the project itself: `user:12`. */
  target?: string
  /** Facts worth keeping; never secrets. */
  details?: Record<string, unknown>
}

/** The part of an entry that says who acted. */
export function actor(account: Account): Pick<AuditEntry, 'actorId' | 'apiKeyId'> {
  return { actorId: account.id, apiKeyId: account.apiKey?.id }
}

/** Writes to the audit log; inside `client`'s transaction, the record stands or falls with the act. */
export async function audit(
  ctx: HttpContext | null,
  entry: AuditEntry,
  client: QueryClientContract = db.connection()
): Promise<void> {
  // Knex leaves out what is undefined, and the columns default to null.
  await client.table('audit_log').insert({
    action: entry.action,
    actor_id: entry.actorId,
    api_key_id: entry.apiKeyId,
    project_id: entry.projectId,
    target: entry.target,
    details: JSON.stringify(entry.details ?? {}),
    address: ctx?.request.ip(),
    request_id: ctx?.request.id(),
  })
}
