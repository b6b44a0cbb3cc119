import db from '@adonisjs/lucid/services/db'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { settleIdentity } from '#identity/public'
import {
  dirtyEverything,
  openCommit,
  publishCommit,
  retractIntegration,
  type CommitCause,
  type RefreshSettings,
  type Version,
} from '#warehouse/public'
import { settleMirrors } from './mirrors.ts'
import { withProjectLock } from './project_lock.ts'
import { rebuildDerived } from './publish.ts'
import { refreshSettings } from './refresh_settings.ts'

/** Recomputes every derived table of a project from its logs, and shows the result at once. */
export function rebuildProject(projectId: string): Promise<void> {
  return commitAlone(projectId, 'rebuild', dirtyEverything)
}

/** Lets all that an integration loaded vanish from reports; the logs keep what was observed. */
export function removeIntegration(projectId: string, integrationId: string): Promise<void> {
  return commitAlone(projectId, 'removal', (version) => retractIntegration(version, integrationId))
}

/** Lets persons follow what was set about identity. */
export function followIdentity(projectId: string): Promise<void> {
  return commitAlone(projectId, 'identity', () => Promise.resolve())
}

/**
 * A commit that no run stands behind; `settle` is what else becomes true in the moment it is published.
 */
export async function commitAlone(
  projectId: string,
  cause: CommitCause,
  change: (version: Version, settings: RefreshSettings) => Promise<void>,
  settle?: (trx: TransactionClientContract, version: Version) => Promise<void>
): Promise<void> {
  const row = (await db.from('projects').where('id', projectId).first()) as {
    timezone: string
    currency: string
  } | null
  if (!row) return
  const project = { id: projectId, timezone: row.timezone, currency: row.currency }
  await withProjectLock(projectId, async (trx) => {
    await settleMirrors(project)
    const version = await openCommit({ projectId, integrationId: null, runId: null, cause })
    const settings = await refreshSettings(project)
    await change(version, settings)
    const days = await rebuildDerived(version, { ...settings, everything: cause === 'rebuild' })
    await settleIdentity(trx, projectId, settings.identity)
    await settle?.(trx, version)
    await publishCommit(trx, version, days)
  })
  await withProjectLock(projectId, () => settleMirrors(project))
}
