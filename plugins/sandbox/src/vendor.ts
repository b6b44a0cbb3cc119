import type { Clock } from './clock.ts'
import type { Answer, Asked, Fields } from './http/exchange.ts'
import type { Sealer } from './sealed.ts'
import type { World } from './world/world.ts'

/** What a vendor can be made to do in place of what was asked; each says it in its own words. */
export const REFUSALS = [
  'rate_limit',
  'quota',
  'server_error',
  'unavailable',
  'expired_token',
  'missing_scope',
] as const
export type Refusal = (typeof REFUSALS)[number]

/** What happens to an answer on its way, whoever gives it. */
export const MISHAPS = ['truncated', 'slow', 'html', 'reset', 'altered', 'redirected'] as const
export type Mishap = (typeof MISHAPS)[number]

/** What a vendor's double is played on. */
export interface Stage {
  world: World
  sealer: Sealer
  /** The vendor's own time: the world's, off by the skew that was asked for. */
  clockOf: (vendor: string) => Pick<Clock, 'now'>
}

/** One vendor; each has a folder with an `index.ts` that makes it. */
export interface Vendor {
  id: string
  /** Hosts that it has; `*.` and a name for all below it. */
  hosts: readonly string[]
  /** A short name of what is asked for, to count by and to aim faults at. */
  endpointOf(asked: Asked): string
  answer(asked: Asked): Answer | Promise<Answer>
  refuse(refusal: Refusal, asked: Asked): Answer
  /** What is true at the vendor at this moment, for tests to compare with. */
  truth: Record<string, (query: URLSearchParams) => unknown>
  /** What may be done to it from outside: revoking, renaming, restating, sending. */
  actions: Record<string, (body: Fields) => unknown>
}

/** A request of the control API that makes no sense. */
export class ControlError extends Error {}
