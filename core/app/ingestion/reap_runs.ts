import db from '@adonisjs/lucid/services/db'
import { addJob } from '#shared/jobs'
import { stagedRuns } from '#warehouse/public'
import { withProjectLock } from './project_lock.ts'
import { forgetStaged, settleMirrors } from './mirrors.ts'

/**
 * Finds what a dead worker left: runs whose lease has ended, queued runs that no job knows, published
 * commits that records and `events` have not followed, and staged rows of runs that have ended.
 */
export async function reapRuns(): Promise<void> {
  await reapOrphans()
  await reapMirrors()
  await reapStaged()
}

async function reapOrphans(): Promise<void> {
  const { rows: orphans } = await db.rawQuery<{ rows: { id: string; fence: number }[] }>(
    `select id, fence from sync_runs
     where (status = 'running' and lease_until < now())
        or (status = 'queued' and coalesce(retry_at, created_at) < now() - interval '5 minutes')`
  )
  for (const { id, fence } of orphans) {
    // The dead worker's own job stays locked for hours; one with another key is free.
    await addJob('sync_run', { run_id: String(id) }, { key: `sync_run:${id}:reaped:${fence}` })
  }
}

async function reapMirrors(): Promise<void> {
  const { rows: projects } = await db.rawQuery<{
    rows: { id: number; timezone: string; currency: string }[]
  }>(
    `select id, timezone, currency from projects where id in (
       select project_id from commits
       where status = 'published' and mirrored_at is null and published_at < now() - interval '1 minute')`
  )
  for (const { id, timezone, currency } of projects) {
    const project = { id: String(id), timezone, currency }
    await withProjectLock(project.id, () => settleMirrors(project))
  }
}

async function reapStaged(): Promise<void> {
  const staged = await stagedRuns()
  if (staged.length === 0) return
  const open = (await db
    .from('sync_runs')
    .whereIn('id', staged)
    .whereIn('status', ['queued', 'running'])
    .select('id')) as { id: string }[]
  const kept = new Set(open.map(({ id }) => String(id)))
  await forgetStaged(staged.filter((runId) => !kept.has(runId)))
}
