import db from '@adonisjs/lucid/services/db'
import { dropStaged, mirrorEvents, writeRecords, type StagedRows } from '#warehouse/public'
import { refreshSettings } from './refresh_settings.ts'
import { step } from './steps.ts'

interface OwedRow {
  id: string
  run_id: string | null
  integration_id: string | null
  staged: StagedRows | null
  days: string[]
  cause: string
}

/** Lets records and `events` follow every published commit that they have not seen yet. The project is locked. */
export async function settleMirrors(project: {
  id: string
  timezone: string
  currency: string
}): Promise<void> {
  const owed = (await db
    .from('commits')
    .where({ project_id: project.id, status: 'published' })
    .whereNull('mirrored_at')
    .orderBy('id')
    .select('id', 'run_id', 'integration_id', 'staged', 'days', 'cause')) as OwedRow[]
  if (owed.length === 0) return
  const settings = await refreshSettings(project)
  const aborted = (await db
    .from('commits')
    .where({ project_id: project.id, status: 'aborted' })
    .select('id')) as { id: string }[]
  for (const commit of owed) {
    const version = {
      projectId: project.id,
      commitId: String(commit.id),
      aborted: aborted.map(({ id }) => String(id)),
    }
    const everything = commit.cause === 'rebuild'
    const runId = String(commit.run_id ?? 0)
    const integrationId = String(commit.integration_id ?? 0)
    if (commit.staged) await writeRecords(version, { runId, integrationId }, commit.staged)
    await step('records_written')
    await mirrorEvents(version, { ...settings, everything }, runId, commit.days)
    await db.from('commits').where('id', commit.id).update({ mirrored_at: new Date() })
  }
}

/** Forgets what the runs have staged, unless records of a published commit have yet to be made of it. */
export async function forgetStaged(runIds: readonly string[]): Promise<void> {
  const owing = (await db
    .from('commits')
    .whereIn('run_id', [...runIds])
    .where('status', 'published')
    .whereNull('mirrored_at')
    .select('run_id')) as { run_id: string }[]
  const kept = new Set(owing.map(({ run_id: runId }) => String(runId)))
  for (const runId of runIds) if (!kept.has(runId)) await dropStaged(runId)
}
