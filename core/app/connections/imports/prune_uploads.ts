import db from '@adonisjs/lucid/services/db'
import { uploads } from '../upload_store.ts'

/**
 * Deletes files that nothing will read again: of an integration's ended imports, only the newest
 * one that was published keeps its file.
 */
export async function pruneUploads(integrationId: string): Promise<void> {
  const { rows } = await db.rawQuery<{ rows: { file_key: string }[] }>(
    `select imports.file_key from imports left join sync_runs run on run.id = imports.run_id
      where imports.integration_id = ?
        and (run.id is null or run.status not in ('queued', 'running'))
        and imports.id is distinct from (
          select max(published.id) from imports published
            join sync_runs on sync_runs.id = published.run_id and sync_runs.status = 'done'
           where published.integration_id = imports.integration_id)`,
    [integrationId]
  )
  await Promise.all(rows.map(({ file_key: key }) => uploads.remove(key)))
}

/** The files of an integration, for its removal. */
export async function uploadsOf(integrationId: string): Promise<string[]> {
  const rows = (await db
    .from('imports')
    .where('integration_id', integrationId)
    .select('file_key')) as {
    file_key: string
  }[]
  return rows.map(({ file_key: key }) => key)
}

/**
 * Deletes the files of ended imports of projects in which people were erased: they may be in them, and
 * nothing will read them again.
 *
 * @param projectId absent: of all projects, as far as they ended lately
 */
export async function pruneErasedUploads(projectId?: string): Promise<void> {
  const which =
    projectId === undefined
      ? `run.finished_at > now() - interval '1 day'`
      : 'imports.project_id = ?'
  const { rows } = await db.rawQuery<{ rows: { file_key: string }[] }>(
    `select imports.file_key from imports left join sync_runs run on run.id = imports.run_id
      where ${which} and (run.id is null or run.status not in ('queued', 'running'))
        and exists (select 1 from suppressions where suppressions.project_id = imports.project_id)`,
    projectId === undefined ? [] : [projectId]
  )
  await Promise.all(rows.map(({ file_key: key }) => uploads.remove(key)))
}
