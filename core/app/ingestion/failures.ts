import type { SourceErrorCode } from '@analyticaflow/sdk'
import { isSourceError } from '#connections/public'
import { LeaseLost, RunCanceled } from './lease.ts'

/** What a run's end says to the user. Never holds what a vendor or a database said. */
export interface RunError {
  code: SourceErrorCode | 'internal' | 'warehouse_unavailable' | 'stalled'
  message: string
  field?: string
  line?: number
}

/** A source gives pages without getting anywhere: success would be a lie, and so would waiting. */
export class Stalled extends Error {
  constructor(stream: string) {
    super(`The stream ${stream} does not move`)
    this.name = 'Stalled'
  }
}

export type Outcome =
  /** Somebody else goes on; nothing may be written. */
  | { type: 'lost' }
  | { type: 'canceled' }
  /** Tried again by itself; a pause that the vendor asks for counts as no failure. */
  | { type: 'retry'; error: RunError; at: Date; counts: boolean }
  /** Stands until the user does something; `integration` is the state it falls into. */
  | { type: 'failed' | 'stalled'; error: RunError; integration: 'needs_reauth' | 'error' }

const MAX_ATTEMPTS = 8
/** A vendor that asks for pauses without end will not let the run through. */
const LONGEST_PAUSES_MS = 3 * 24 * 3_600_000
/** A vendor's clock may be behind. */
const SHORTEST_PAUSE_MS = 5000

/** Waits between attempts: 5 s, 10 s, … at most 15 minutes. */
export const backoffMs = (attempt: number): number => Math.min(5000 * 2 ** attempt, 900_000)

/** The user has to sign in at the vendor again. */
const reauthCodes = new Set(['auth_expired', 'auth_scope'])

/** What a run has gone through so far. */
export interface RunHistory {
  /** Failures that counted. */
  attempt: number
  startedAt: Date
}

const isOver = ({ attempt }: RunHistory) => attempt + 1 >= MAX_ATTEMPTS

/** What to do after `error`. */
export function outcomeOf(error: unknown, history: RunHistory, now: Date): Outcome {
  if (error instanceof LeaseLost) return { type: 'lost' }
  if (error instanceof RunCanceled) return { type: 'canceled' }
  if (error instanceof Stalled) return { type: 'stalled', error: stalled, integration: 'error' }
  const described = describe(error)
  if (described.code === 'rate_limited') return afterPause(error, described, history, now)
  if (!isPassing(error) || isOver(history)) return failed(described)
  const at = new Date(now.getTime() + backoffMs(history.attempt))
  return { type: 'retry', error: described, at: askedMoment(error) ?? at, counts: true }
}

function failed(error: RunError): Outcome {
  return {
    type: 'failed',
    error,
    integration: reauthCodes.has(error.code) ? 'needs_reauth' : 'error',
  }
}

const askedMoment = (error: unknown): Date | undefined =>
  isSourceError(error) ? error.detail.retryAt : undefined

function afterPause(error: unknown, described: RunError, history: RunHistory, now: Date): Outcome {
  if (now.getTime() - history.startedAt.getTime() > LONGEST_PAUSES_MS) return failed(described)
  const asked = askedMoment(error)?.getTime() ?? now.getTime() + backoffMs(history.attempt)
  const at = new Date(Math.max(asked, now.getTime() + SHORTEST_PAUSE_MS))
  return { type: 'retry', error: described, at, counts: false }
}

const stalled: RunError = {
  code: 'stalled',
  message: 'The source kept answering without getting any further. Its author has to look at it.',
}

function describe(error: unknown): RunError {
  if (isSourceError(error)) {
    const { field, line } = error.detail
    return {
      code: error.code,
      message: error.userMessage,
      ...(field !== undefined && { field }),
      ...(line !== undefined && { line }),
    }
  }
  if (isUnreachable(error)) {
    return {
      code: 'warehouse_unavailable',
      message: 'A database was not reachable. The run goes on as soon as it is back.',
    }
  }
  return {
    code: 'internal',
    message: 'The run failed on an error of its own. The log of the worker names it.',
  }
}

const passingCodes = new Set<SourceErrorCode>(['rate_limited', 'vendor_unavailable'])

function isPassing(error: unknown): boolean {
  if (isSourceError(error)) return passingCodes.has(error.code)
  return isUnreachable(error)
}

const connectionCodes = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EAI_AGAIN',
  'UND_ERR_SOCKET',
  // PostgreSQL: connection exceptions and shutdowns.
  '08000',
  '08003',
  '08006',
  '57P01',
  '57P02',
  '57P03',
])

function isUnreachable(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  const { code } = error as Error & { code?: unknown }
  return (typeof code === 'string' && connectionCodes.has(code)) || isUnreachable(error.cause)
}
