import { setTimeout as sleep } from 'node:timers/promises'
import type { z } from 'zod'
import { hasEnded } from './types.ts'
import type { RunLogLineView } from './views/run_log_view.ts'
import type { RunView } from './views/run_view.ts'

type View = z.input<typeof RunView>
type Line = z.input<typeof RunLogLineView>

interface Following {
  /** The run as it is now. */
  read: () => Promise<View>
  /** Lines of its log behind the one of this id, the oldest first. */
  lines: (after: string) => Promise<Line[]>
  /** Throws once the caller may not look any more. */
  permit: () => Promise<unknown>
  /** Whether nobody is to be told any more: the caller has gone, the server stops. */
  isOver: () => boolean
  pollMs?: number
  heartbeatMs?: number
}

const messageOf = (event: 'run' | 'log', data: string): string =>
  `event: ${event}\ndata: ${data}\n\n`

/**
 * A run as an event stream: as it is at once, then whenever it changes, until it has ended, with the
 * lines of its log. Heartbeats keep proxies from closing the connection; see docs/decisions/0053.
 */
export async function* runEvents(following: Following): AsyncGenerator<string> {
  const { read, lines, permit, isOver, pollMs = 500, heartbeatMs = 15_000 } = following
  let told = ''
  let line = '0'
  let beatAt = Date.now() + heartbeatMs
  while (!isOver()) {
    const view = await read()
    for (const next of await lines(line)) {
      yield messageOf('log', JSON.stringify(next))
      line = next.id
    }
    const data = JSON.stringify(view)
    if (data !== told) yield messageOf('run', data)
    told = data
    if (hasEnded(view.status)) return
    if (Date.now() >= beatAt) {
      await permit()
      yield ': still there\n\n'
      beatAt = Date.now() + heartbeatMs
    }
    await sleep(pollMs)
  }
}

/** So many streams may one account hold open at each web process. */
export const MAX_STREAMS = 10

const open = new Map<number, number>()

/** Takes one of the account's streams; the function gives it back. Nothing where all are taken. */
export function takeStream(accountId: number): (() => void) | undefined {
  const taken = open.get(accountId) ?? 0
  if (taken >= MAX_STREAMS) return undefined
  open.set(accountId, taken + 1)
  return () => {
    const left = (open.get(accountId) ?? 1) - 1
    if (left > 0) open.set(accountId, left)
    else open.delete(accountId)
  }
}
