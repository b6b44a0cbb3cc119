import db from '@adonisjs/lucid/services/db'
import { deleteCommits, deleteOldPaths, deleteOldSlices } from '#warehouse/public'
import { withProjectLock } from './project_lock.ts'

/** A statement that a dead worker left running ends within this time. */
const ABORTED_FOR = "interval '1 hour'"

/** How long a reader may go on with what it began to read, such as the next page of a list. */
export const READABLE_FOR_MINUTES = 60

/** Removes what no reader can see any more. */
export async function sweepWarehouse(): Promise<void> {
  const { rows: aborted } = await db.rawQuery<{ rows: { id: string; project_id: number }[] }>(
    `select id, project_id from commits where status = 'aborted' and aborted_at < now() - ${ABORTED_FOR}`
  )
  for (const { id, project_id: project } of aborted) {
    await deleteCommits(String(project), [String(id)])
    await db.from('commits').where('id', id).update({ status: 'swept' })
  }
  const { rows: projects } = await db.rawQuery<{ rows: { project_id: number; horizon: string }[] }>(
    `select project_id, max(id) as horizon from commits
     where status = 'published' and mirrored_at is not null
       and published_at < now() - make_interval(mins => ?)
     group by project_id`,
    [READABLE_FOR_MINUTES]
  )
  for (const { project_id: project, horizon } of projects) {
    await withProjectLock(String(project), async () => {
      await deleteOldSlices(String(project), String(horizon))
      await deleteOldPaths(String(project), String(horizon))
    })
  }
}
