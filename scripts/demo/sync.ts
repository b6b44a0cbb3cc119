import { setTimeout as sleep } from 'node:timers/promises'
import type { Api } from './api.ts'

interface Stream {
  stream: string
  rows_read: number
  windows_done: number
  windows_total: number
}

interface Run {
  id: string
  status: string
  error: { message: string } | null
  streams: Stream[]
}

const PAUSE_MS = 1000
const OPEN = ['queued', 'running']

const progressOf = ({ streams }: Run): string =>
  streams
    .map(({ stream, rows_read: rows, windows_done: done, windows_total: total }) =>
      total > 0 ? `${stream} ${rows} (${done}/${total})` : `${stream} ${rows}`
    )
    .join(', ')

/** Starts a run and tells how far it is until it has ended. */
export async function sync(
  api: Api,
  type: string,
  path: string,
  say: (text: string) => void
): Promise<void> {
  const { id } = await api.post<Run>(`${path}/sync`)
  let told = ''
  for (;;) {
    const run = await api.get<Run>(`${path}/runs/${id}`)
    const text = `${type}: ${run.status} ${progressOf(run)}`.trim()
    if (text !== told) say(text)
    told = text
    if (run.status === 'done') return
    if (!OPEN.includes(run.status)) {
      throw new Error(run.error?.message ?? run.status)
    }
    await sleep(PAUSE_MS)
  }
}
