import db from '@adonisjs/lucid/services/db'
import { mirrorEvents } from '#warehouse/public'
import { refreshSettings } from './refresh_settings.ts'

interface OwedRow {
  id: string
  run_id: string | null
  days: string[]
  cause: string
}

/** Lets `events` follow every published commit that it has not seen yet. The project is locked. */
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
    .select('id', 'run_id', 'days', 'cause')) as OwedRow[]
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
    await mirrorEvents(version, { ...settings, everything }, runId, commit.days)
    await db.from('commits').where('id', commit.id).update({ mirrored_at: new Date() })
  }
}
