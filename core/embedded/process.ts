import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'

/** A process for certain: numbers are used again, start times with them are not. */
export interface ProcessIdentity {
  pid: number
  startedAt: string
}

function fromProc(pid: number): { state: string; startedAt: string } | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    // TRICKY: the second field is the command's name and may hold spaces and brackets.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    return { state: fields[0] ?? '', startedAt: fields[19] ?? '' }
  } catch {
    return undefined
  }
}

function fromPs(pid: number): { state: string; startedAt: string } | undefined {
  const { error, stdout } = spawnSync('ps', ['-o', 'state=,lstart=', '-p', String(pid)], {
    encoding: 'utf8',
  })
  if (error) return undefined
  const [state, ...startedAt] = stdout.trim().split(/\s+/)
  return state ? { state, startedAt: startedAt.join(' ') } : undefined
}

function look(pid: number): { state: string; startedAt: string } | undefined {
  const seen = process.platform === 'linux' ? fromProc(pid) : fromPs(pid)
  // A zombie has ended; only its parent has not noticed.
  return seen && !seen.state.startsWith('Z') ? seen : undefined
}

/** Who has this number now; nothing when nobody has. */
export function identify(pid: number): ProcessIdentity | undefined {
  const seen = look(pid)
  return seen && { pid, startedAt: seen.startedAt }
}

/** Whether that very process still runs. */
export function isRunning(identity: ProcessIdentity): boolean {
  return look(identity.pid)?.startedAt === identity.startedAt
}

/** A signal, and how long to wait for its effect. */
export type StopStep = readonly [signal: NodeJS.Signals, waitMs: number]

/** Stops a process with ever harder signals and returns when it is gone. */
export async function stopProcess(
  identity: ProcessIdentity,
  steps: readonly StopStep[]
): Promise<void> {
  for (const [signal, waitMs] of steps) {
    if (!isRunning(identity)) return
    try {
      process.kill(identity.pid, signal)
    } catch {
      return
    }
    for (const until = Date.now() + waitMs; isRunning(identity) && Date.now() < until;)
      await sleep(15)
  }
}
