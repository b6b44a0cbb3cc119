import { command, rows } from './client.ts'
import { pathColumns } from './paths.ts'

/** What a row says, as one number. */
const content = `cityHash64(${pathColumns.join(', ')})`

const own = 'project_id = {project_id:UInt64} AND commit_id <= {horizon:UInt64}'
const takenBack = `SELECT person_key FROM paths WHERE ${own} AND sign < 0`

/** Paths that one part holds together with what took them back. */
const pairs = `
  SELECT _part, ${content} FROM paths WHERE ${own} AND person_key IN (${takenBack})
  GROUP BY ALL HAVING sum(sign) = 0`

/**
 * Removes paths that were taken back up to `horizon`, with what took them back. TRICKY: only where both
 * lie in one part, so that no reader sees one without the other; what lies apart is merged by and by.
 */
export async function deleteOldPaths(projectId: string, horizon: string): Promise<void> {
  const params = { project_id: projectId, horizon }
  const [any] = await rows(`SELECT 1 FROM (${pairs}) LIMIT 1`, params)
  if (!any) return
  await command(`DELETE FROM paths WHERE ${own} AND (_part, ${content}) IN (${pairs})`, { params })
}
