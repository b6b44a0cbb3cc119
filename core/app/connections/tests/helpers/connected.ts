import { api } from '#tests/api'
import { makeProject } from '#tests/factories'
import Integration from '../../models/integration.ts'
import SyncRun from '../../models/sync_run.ts'
import type { RunStatus } from '../../types.ts'

/** An integration with the fixture source `northwind`, in a project of London. */
export async function connected(input: Record<string, unknown> = {}) {
  const made = await makeProject({ currency: 'GBP', timezone: 'Europe/London' })
  const call = api(made.owner)
  const list = `/projects/${made.id}/integrations`
  const { body } = await call.post<{ data: { id: string } }>(list, {
    type: 'northwind-shop',
    settings: { host: 'https://shop.example.com' },
    credentials: { token: 'canary-secret' },
    ...input,
  })
  const { id } = body.data
  const path = `${list}/${id}`
  return {
    ...made,
    call,
    path,
    integrationId: id,
    stored: () => Integration.findOrFail(id),
    runs: () => SyncRun.query().where('integration_id', id).orderBy('id'),
    sync: async () => {
      const started = await call.post<{ data: { id: string } }>(`${path}/sync`, {})
      return started.body.data.id
    },
  }
}

/** What a worker would make of a run. */
export async function setRun(id: string, status: RunStatus, changes: object = {}): Promise<void> {
  await SyncRun.query()
    .where('id', id)
    .update({ status, ...changes })
}
