import db from '@adonisjs/lucid/services/db'
import { dirtyEverything, openCommit, publishCommit } from '#warehouse/public'
import { settleMirrors } from './mirrors.ts'
import { withProjectLock } from './project_lock.ts'
import { rebuildDerived } from './publish.ts'
import { refreshSettings } from './refresh_settings.ts'

/** Recomputes every derived table of a project from its logs, and shows the result at once. */
export async function rebuildProject(projectId: string): Promise<void> {
  const row = (await db.from('projects').where('id', projectId).first()) as {
    timezone: string
    currency: string
  } | null
  if (!row) return
  const project = { id: projectId, timezone: row.timezone, currency: row.currency }
  await withProjectLock(projectId, async (trx) => {
    await settleMirrors(project)
    const version = await openCommit({
      projectId,
      integrationId: null,
      runId: null,
      cause: 'rebuild',
    })
    await dirtyEverything(version)
    const days = await rebuildDerived(version, await refreshSettings(project))
    await publishCommit(trx, version, days)
  })
  await withProjectLock(projectId, () => settleMirrors(project))
}
