import { authorizedFetch } from '../../api/client.ts'
import { toApiError } from '../../api/problem.ts'
import type { Run, RunLogLine } from '../../api/types.ts'
import { EventReader } from './event_reader.ts'

export interface RunListener {
  run: (run: Run) => void
  log: (line: RunLogLine) => void
}

/**
 * Follows a run until its stream ends. TRICKY: EventSource cannot carry the bearer header.
 * @param onEvent is told every state of the run, and every line of its log
 */
export async function followRun(
  path: string,
  signal: AbortSignal,
  onEvent: RunListener
): Promise<void> {
  const response = await authorizedFetch(new Request(path, { signal }))
  if (!response.ok || !response.body) {
    throw toApiError(response.status, await response.json().catch(() => null), response.headers)
  }
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader()
  const events = new EventReader()
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return
    for (const { name, data } of events.push(value)) {
      if (name === 'run') onEvent.run(JSON.parse(data) as Run)
      if (name === 'log') onEvent.log(JSON.parse(data) as RunLogLine)
    }
  }
}
