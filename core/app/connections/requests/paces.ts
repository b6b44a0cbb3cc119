import type { Observed, RateLimit } from '@analyticaflow/sdk'

/** Requests of the last span of time, counted by slots: `[start, count]`, the oldest first. */
type SpanState = { slots: [number, number][] }
type BucketState = { points: number; at: number; capacity: number; perSecond: number }
/** Who is sending, and until when they are believed to live. */
type GateState = { holders: [string, number][] }

/** What is left of one limit, as JSON. */
export type PaceState = Partial<SpanState & BucketState & GateState>

/** Slots of a span: a request counts up to a twentieth of the span longer than it has to. */
const SLOTS = 20
/** How long a process that died keeps its place; also how often a full gate is looked at. */
export const HOLDER_MS = 5 * 60 * 1000
const GATE_POLL_MS = 250

interface Pace {
  /** The moment from which a request may be sent, in milliseconds. */
  freeAt(state: PaceState, body: unknown, now: number): number
  take(state: PaceState, body: unknown, now: number, holder: string): PaceState
  observe?(state: PaceState, observed: Observed, now: number): PaceState
}

function span(requests: number, seconds: number): Pace {
  const length = (seconds * 1000) / SLOTS
  const end = (start: number) => start + length + seconds * 1000
  const living = ({ slots = [] }: PaceState, now: number) =>
    slots.filter(([start]) => end(start) > now)
  return {
    freeAt: (state, _body, now) => {
      const slots = living(state, now)
      let counted = slots.reduce((sum, [, count]) => sum + count, 0)
      for (const [start, count] of slots) {
        if (counted < Math.max(1, requests)) return now
        counted -= count
        if (counted < Math.max(1, requests)) return end(start)
      }
      return now
    },
    take: (state, _body, now) => {
      const start = Math.floor(now / length) * length
      const slots = living(state, now)
      const own = slots.find(([at]) => at === start)?.[1] ?? 0
      return { slots: [...slots.filter(([at]) => at !== start), [start, own + 1]] }
    },
  }
}

type BucketLimit = Extract<RateLimit, { bucket: number }>

function bucket({ bucket: size, refillPerSecond, cost = () => 1 }: BucketLimit): Pace {
  const filled = (state: PaceState, now: number): BucketState => {
    const { points = size, at = now, capacity = size, perSecond = refillPerSecond } = state
    const gained = (Math.max(0, now - at) / 1000) * perSecond
    return { points: Math.min(capacity, points + gained), at: now, capacity, perSecond }
  }
  return {
    freeAt: (state, body, now) => {
      const { points, capacity, perSecond } = filled(state, now)
      // What costs more than a full bucket is sent from a full one: the vendor has to judge it.
      const missing = Math.min(cost(body), capacity) - points
      return missing <= 0 ? now : now + Math.ceil((missing / perSecond) * 1000)
    },
    take: (state, body, now) => {
      const after = filled(state, now)
      return { ...after, points: after.points - cost(body) }
    },
    observe: (state, { available, capacity, refillPerSecond: perSecond }, now) => {
      const before = filled(state, now)
      return {
        ...before,
        ...(capacity !== undefined && { capacity }),
        ...(perSecond !== undefined && { perSecond }),
        ...(available !== undefined && { points: available }),
      }
    },
  }
}

function gate(places: number): Pace {
  const living = ({ holders = [] }: PaceState, now: number) =>
    holders.filter(([, until]) => until > now)
  return {
    freeAt: (state, _body, now) =>
      living(state, now).length < Math.max(1, places) ? now : now + GATE_POLL_MS,
    take: (state, _body, now, holder) => ({
      holders: [...living(state, now), [holder, now + HOLDER_MS]],
    }),
  }
}

/** How one limit counts. */
export function paceOf(limit: RateLimit): Pace {
  if ('perMinute' in limit) return span(limit.perMinute, 60)
  if ('requests' in limit) return span(limit.requests, limit.seconds)
  return 'parallel' in limit ? gate(limit.parallel) : bucket(limit)
}

/** The state without this holder. */
export function leave(state: PaceState, holder: string): PaceState {
  const { holders } = state
  if (holders === undefined) return state
  return { ...state, holders: holders.filter(([name]) => name !== holder) }
}
