import type { AttributionSettings } from '../../api/types.ts'

/** Numbers that some models work with, as the address bar and the settings of the project hold them. */
export interface ModelParams {
  halfLifeDays: number
  /** Shares of the first and the last touch; the rest is the middle's. */
  first: number
  last: number
  allocation: 'path' | 'global'
}

export const ALLOCATIONS = ['path', 'global'] as const

/** As the API gives them. */
export const fromApiParams = (params: AttributionSettings['params']): ModelParams => ({
  halfLifeDays: params.time_decay.half_life_days,
  first: params.position_based.first,
  last: params.position_based.last,
  allocation: params.markov.allocation,
})

const BILLION = 1_000_000_000

/** Both ends together get something, and at most everything; read to nine places, as the API does. */
export function isPossible({ first, last }: Pick<ModelParams, 'first' | 'last'>): boolean {
  const sum = Math.round((first + last) * BILLION)
  return sum > 0 && sum <= BILLION
}

function numberIn(params: URLSearchParams, key: string, least: number, most: number) {
  const text = params.get(key)
  const value = Number(text)
  return text !== null && value >= least && value <= most ? value : undefined
}

export function readParams(params: URLSearchParams, standard: ModelParams): ModelParams {
  const first = numberIn(params, 'first', 0, 1) ?? standard.first
  const last = numberIn(params, 'last', 0, 1) ?? standard.last
  const ends = isPossible({ first, last }) ? { first, last } : standard
  return {
    halfLifeDays: numberIn(params, 'half_life', 0.1, 365) ?? standard.halfLifeDays,
    first: ends.first,
    last: ends.last,
    allocation: ALLOCATIONS.find((one) => one === params.get('allocation')) ?? standard.allocation,
  }
}

export function writeParams(
  params: URLSearchParams,
  { halfLifeDays, first, last, allocation }: ModelParams
): void {
  params.set('half_life', String(halfLifeDays))
  params.set('first', String(first))
  params.set('last', String(last))
  params.set('allocation', allocation)
}

/** As the API takes them. */
export const toApiParams = ({ halfLifeDays, first, last, allocation }: ModelParams) => ({
  time_decay: { half_life_days: halfLifeDays },
  position_based: { first, last },
  markov: { allocation },
})
