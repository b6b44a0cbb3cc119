import { onProjectDeleted } from '#projects/public'
import { onIntegrationRemoved } from './hooks.ts'
import { uploadsOf } from './imports/prune_uploads.ts'
import { uploads } from './upload_store.ts'

/** Files go with their integration or project, once that is committed. */
export function removeUploadsWithOwners(): void {
  onIntegrationRemoved(async ({ id }, trx) => {
    const keys = await uploadsOf(id)
    trx.after('commit', async () => {
      await Promise.all(keys.map((key) => uploads.remove(key)))
    })
  })
  onProjectDeleted(({ id }, trx) => {
    trx.after('commit', () => uploads.removeProject(id))
    return Promise.resolve()
  })
}
