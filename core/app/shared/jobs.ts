import db from '@adonisjs/lucid/services/db'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'

/** Every job of the product with its payload; the handlers are in the worker. */
export interface Jobs {
  /** Carries a run on until it is done, or until somebody else holds it. */
  sync_run: { run_id: string }
  /** Takes over runs whose worker died, and starts those that are due. */
  reap_runs: Record<string, never>
  /** Requests the runs whose schedules have come up. */
  schedule_runs: Record<string, never>
  /** Carries out what vendors have told of a connection. */
  webhook_deliveries: { integration_id: string }
  /** Tells vendors where to call. */
  register_webhooks: Record<string, never>
  /** Gets new tokens from vendors ahead of the end of the present ones. */
  renew_tokens: Record<string, never>
  /** Removes rows of aborted commits and of replaced generations. */
  sweep_warehouse: Record<string, never>
  /** Recomputes a project's derived tables from its logs. */
  rebuild_project: { project_id: string }
  /** Lets persons follow a split, its undoing, or another limit of links. */
  settle_identity: { project_id: string }
  /** Lets all that a removed integration loaded vanish from reports. */
  remove_integration: { project_id: string; integration_id: string }
  /** Deletes all that the warehouse holds of a deleted project. */
  remove_project: { project_id: string }
  /** Carries out an export or an erasure of a person's data. */
  privacy_request: { request_id: string }
  /** Goes on with those whose worker died, and removes files that nobody may fetch any more. */
  reap_privacy: Record<string, never>
  /** Removes what has expired: sessions, answers kept for Idempotency-Keys, consents, logs of runs. */
  purge_expired: Record<string, never>
}

export interface JobOptions {
  /** A waiting job with the same key is replaced instead of doubled. */
  key?: string
  runAt?: Date
  maxAttempts?: number
}

/** Queues a job; inside a transaction it exists only if that commits. */
export async function addJob<Name extends keyof Jobs>(
  name: Name,
  payload: Jobs[Name],
  options: JobOptions = {},
  trx?: TransactionClientContract
): Promise<void> {
  await (trx ?? db).rawQuery(
    `select graphile_worker.add_job(?, payload := ?::json, run_at := ?::timestamptz, max_attempts := ?, job_key := ?)`,
    [
      name,
      JSON.stringify(payload),
      options.runAt?.toISOString() ?? null,
      options.maxAttempts ?? 25,
      options.key ?? null,
    ]
  )
}

/** Whether a job of this key waits or runs. */
export async function isQueued(key: string): Promise<boolean> {
  const { rows } = await db.rawQuery<{ rows: unknown[] }>(
    'select 1 from graphile_worker.jobs where key = ? limit 1',
    [key]
  )
  return rows.length > 0
}

/** The key under which a project waits to be computed anew. */
export const rebuildKey = (projectId: number | string): string => `rebuild_project:${projectId}`
