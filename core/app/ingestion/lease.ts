import db from '@adonisjs/lucid/services/db'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'

/**
 * A run belongs to the worker that holds its lease.
 *
 *   queued ──acquire──► running ──finish──► done | failed | canceled
 *                        │  ▲
 *             lease ends │  │ acquire by another worker: fence + 1
 *                        ▼  │
 *                      running, lease expired
 *
 * Whoever lost the lease may still be alive. It can do no harm: what it stages carries its old fence,
 * and the publishing transaction checks the fence.
 */
export interface Lease {
  runId: string
  fence: number
}

/** Somebody else holds the run now, or it was deleted: this worker must stop without a trace. */
export class LeaseLost extends Error {
  constructor(runId: string) {
    super(`The lease of run ${runId} is held by somebody else`)
    this.name = 'LeaseLost'
  }
}

/** The user asked to stop. */
export class RunCanceled extends Error {
  constructor() {
    super('The run was canceled')
    this.name = 'RunCanceled'
  }
}

const seconds = (name: string, fallback: number) => Number(process.env[name] ?? fallback)

/** How long a silent worker is believed to live, and how often it says that it does. */
export const leaseSeconds = () => seconds('AF_LEASE_SECONDS', 60)
const heartbeatMs = () => (leaseSeconds() * 1000) / 6

export type Acquired = Lease | 'busy' | 'ended'

/** Takes the run, unless it has ended, or another run of the integration goes on or comes first. */
export async function acquireLease(runId: string): Promise<Acquired> {
  try {
    return await tryAcquire(runId)
  } catch (error) {
    // Two runs of one integration at the same moment: an index lets only one be `running`.
    if ((error as { code?: string }).code === '23505') return 'busy'
    throw error
  }
}

async function tryAcquire(runId: string): Promise<Acquired> {
  const { rows } = await db.rawQuery<{ rows: { fence: number }[] }>(
    `update sync_runs as run
     set status = 'running', fence = fence + 1, started_at = coalesce(started_at, now()),
       retry_at = null, lease_until = now() + make_interval(secs => ?)
     where id = ?
       and (status = 'queued' or (status = 'running' and lease_until < now()))
       and not exists (
         select 1 from sync_runs other
         where other.integration_id = run.integration_id and other.id <> run.id
           -- An older one that waits goes first: the later import has to win.
           and (other.status = 'running' or (other.status = 'queued' and other.id < run.id))
       )
     returning fence`,
    [leaseSeconds(), runId]
  )
  const fence = rows[0]?.fence
  if (fence !== undefined) return { runId, fence }
  const run = (await db.from('sync_runs').where('id', runId).select('status').first()) as {
    status: string
  } | null
  return run && ['queued', 'running'].includes(run.status) ? 'busy' : 'ended'
}

async function renew({ runId, fence }: Lease): Promise<'held' | 'lost' | 'cancel'> {
  const { rows } = await db.rawQuery<{ rows: { cancel: boolean }[] }>(
    `update sync_runs set lease_until = now() + make_interval(secs => ?)
     where id = ? and fence = ? and status = 'running'
     returning cancel_requested_at is not null as cancel`,
    [leaseSeconds(), runId, fence]
  )
  if (!rows[0]) return 'lost'
  return rows[0].cancel ? 'cancel' : 'held'
}

/** Keeps the lease until released; `signal` aborts with LeaseLost or RunCanceled. */
export function keepLease(lease: Lease): { signal: AbortSignal; release: () => void } {
  const controller = new AbortController()
  let renewedAt = Date.now()
  const beat = async () => {
    try {
      const state = await renew(lease)
      renewedAt = Date.now()
      if (state === 'lost') controller.abort(new LeaseLost(lease.runId))
      if (state === 'cancel') controller.abort(new RunCanceled())
    } catch {
      // PostgreSQL is away. Once the lease must have ended, another worker may have the run.
      if (Date.now() - renewedAt > leaseSeconds() * 1000)
        controller.abort(new LeaseLost(lease.runId))
    }
  }
  const timer = setInterval(() => void beat(), heartbeatMs())
  return { signal: controller.signal, release: () => clearInterval(timer) }
}

/** Throws unless the lease is still held; inside a transaction it stays so until the commit. */
export async function assertLease(trx: TransactionClientContract, lease: Lease): Promise<void> {
  const run = (await trx
    .from('sync_runs')
    .where({ id: lease.runId, fence: lease.fence, status: 'running' })
    .select('cancel_requested_at')
    .forUpdate()
    .first()) as { cancel_requested_at: Date | null } | null
  if (!run) throw new LeaseLost(lease.runId)
  if (run.cancel_requested_at) throw new RunCanceled()
}
