import { setTimeout as sleep } from 'node:timers/promises'
import { startWorker } from '#ingestion/public'
import { api } from '#tests/api'
import type { TestAccount } from '#tests/factories'

export interface ImportState {
  status: string
  rows_read: number
  rows_loaded: number
  rows_skipped: number
  rows_rejected: number
}

/** Imports a file through the API and a worker, and returns how it ended. */
export async function importFile(
  project: { id: string; owner: TestAccount },
  spec: Record<string, unknown> & { name: string },
  file: Blob
): Promise<ImportState> {
  const body = new FormData()
  body.append('spec', JSON.stringify(spec))
  body.append('file', file, `${spec.name}.csv`)
  const path = `/projects/${project.id}/imports`
  const caller = api(project.owner)
  const sent = await caller.post<{ data: { id: string } }>(path, undefined, { raw: body })
  if (sent.status !== 202) throw new Error(`${sent.status}: ${sent.text}`)
  const worker = await startWorker(1)
  try {
    for (;;) {
      const { body: state } = await caller.get<{ data: ImportState }>(
        `${path}/${sent.body.data.id}`
      )
      if (!['queued', 'running'].includes(state.data.status)) return state.data
      await sleep(200)
    }
  } finally {
    await worker.stop()
  }
}
