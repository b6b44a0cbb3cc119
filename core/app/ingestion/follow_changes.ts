import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { onIntegrationRemoved } from '#connections/public'
import { onChannelRulesChanged } from '#measurement/public'
import { guardProjectChange, onProjectDeleted } from '#projects/public'
import { addJob, rebuildKey } from '#shared/jobs'

/**
 * Queues what changes of projects and integrations mean for the warehouse, in the transaction of the
 * change: neither can happen without the other.
 */
export function followChanges(): void {
  onIntegrationRemoved(({ id, projectId }, trx) =>
    addJob(
      'remove_integration',
      { project_id: String(projectId), integration_id: id },
      { key: `remove_integration:${id}` },
      trx
    )
  )
  onProjectDeleted(({ id }, trx) =>
    addJob('remove_project', { project_id: String(id) }, { key: `remove_project:${id}` }, trx)
  )
  // Days and amounts follow the project's time zone and currency: everything is computed anew.
  guardProjectChange(async (project, changes, trx) => {
    const moved = changes.timezone !== undefined || changes.currency !== undefined
    if (moved) await queueRebuild(project.id, trx)
  })
  onChannelRulesChanged(queueRebuild)
}

async function queueRebuild(id: number, trx: TransactionClientContract): Promise<void> {
  await addJob('rebuild_project', { project_id: String(id) }, { key: rebuildKey(id) }, trx)
}
