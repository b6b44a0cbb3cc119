import { Problem } from '#shared/http/problem'
import { parseId } from '#shared/ids'
import Import from '../models/import.ts'
import SyncRun from '../models/sync_run.ts'
import { rejectedSamples } from '../queries/rejected_rows.ts'
import { runProgress } from '../queries/run_progress.ts'
import type { ImportState } from '../views/import_view.ts'

/** Rejected rows that are shown with an import. */
const SAMPLE = 20

/** Imports with everything that their view is made of. */
export async function importStates(uploads: readonly Import[]): Promise<ImportState[]> {
  const runIds = uploads.flatMap(({ runId }) => runId ?? [])
  const runs = await SyncRun.query().whereIn('id', runIds)
  const progress = await runProgress(runIds)
  const [first] = uploads
  const withRejections = runIds.filter((id) =>
    progress.get(id)?.some(({ rowsRejected }) => rowsRejected > 0)
  )
  const samples =
    first === undefined
      ? new Map<string, ImportState['sample']>()
      : await rejectedSamples(first.projectId, withRejections, SAMPLE)
  return uploads.map((upload) => ({
    upload,
    run: runs.find(({ id }) => id === upload.runId) ?? null,
    streams: progress.get(upload.runId ?? '') ?? [],
    sample: samples.get(upload.runId ?? '') ?? [],
  }))
}

/** The project's import, or a 404. */
export async function findImport(projectId: number, id: string): Promise<Import> {
  const upload = await Import.query()
    .where({ id: parseId(id) ?? 0, project_id: projectId })
    .first()
  if (upload === null) throw new Problem('not_found', { detail: 'There is no such import' })
  return upload
}

/** The newest imports first; `before` is the last id shown. */
export function listImports(
  projectId: number,
  before: number | undefined,
  limit: number
): Promise<Import[]> {
  return Import.query()
    .where('project_id', projectId)
    .if(before !== undefined, (rows) => rows.where('id', '<', before ?? 0))
    .orderBy('id', 'desc')
    .limit(limit)
}
