import { useCallback, useMemo } from 'react'
import { useSearchParams } from 'react-router'
import type { JourneysRequest } from '../../api/types.ts'
import { isConversion } from '../analysis/conversion_name.ts'
import { todayIn, type Range } from '../period/dates.ts'
import {
  readPeriodState,
  writePeriodState,
  type PeriodChange,
  type PeriodState,
} from '../period/period_state.ts'
import { useProject } from '../projects/project_context.ts'

export const STEPS = [
  'channel',
  'source_medium',
  'campaign',
  'ad',
  'landing_page',
  'keyword',
  'country',
  'device',
] as const
export type Step = (typeof STEPS)[number]

export const DEPTHS = [2, 3, 4, 5, 6, 8, 10]
export const DIRECTIONS = ['start', 'end'] as const
export const INCLUDED = ['converted', 'all'] as const
/** Steps that fewer of all paths lead through are put together. */
export const LEAST_SHARES = [0, 0.01, 0.02, 0.05, 0.1]

export interface JourneysState extends Omit<PeriodState, 'compare'> {
  conversion: string
  windowDays: number
  step: Step
  depth: number
  from: (typeof DIRECTIONS)[number]
  include: (typeof INCLUDED)[number]
  collapses: boolean
  leastShare: number
  newOnly: boolean
  /** Only paths that lead through this step. */
  through: string | null
}

export type JourneysChange = PeriodChange &
  Partial<Omit<JourneysState, keyof PeriodState | 'collapses' | 'newOnly'>> & {
    collapses?: boolean
    newOnly?: boolean
  }

export type ChangeJourneys = (change: JourneysChange) => void

const STANDARD = { windowDays: 30, depth: 5, leastShare: 0.02 }

function among<Value>(values: readonly Value[], asked: unknown, standard: Value): Value {
  return values.find((value) => String(value) === asked) ?? standard
}

function readWindow(params: URLSearchParams): number {
  const days = Number(params.get('window') ?? STANDARD.windowDays)
  return Number.isInteger(days) && days >= 1 && days <= 365 ? days : STANDARD.windowDays
}

export function readJourneysState(
  params: URLSearchParams,
  today: string,
  data: Range
): JourneysState {
  const { period, range } = readPeriodState(params, today, data)
  const conversion = params.get('conversion')
  return {
    period,
    range,
    data,
    conversion: isConversion(conversion) ? conversion : 'order',
    windowDays: readWindow(params),
    step: among(STEPS, params.get('step'), 'channel'),
    depth: among(DEPTHS, params.get('depth'), STANDARD.depth),
    from: among(DIRECTIONS, params.get('count'), 'start'),
    include: among(INCLUDED, params.get('include'), 'converted'),
    collapses: params.get('repeats') !== 'kept',
    leastShare: among(LEAST_SHARES, params.get('least'), STANDARD.leastShare),
    newOnly: params.get('new') === '1',
    through: params.get('through'),
  }
}

const KEYS = {
  conversion: 'conversion',
  windowDays: 'window',
  step: 'step',
  depth: 'depth',
  from: 'count',
  include: 'include',
  leastShare: 'least',
} as const
type Key = keyof typeof KEYS
const NAMES = Object.keys(KEYS) as Key[]

/** Written where it says something, gone where it does not. */
function flag(params: URLSearchParams, key: string, value: string | null | undefined): void {
  if (value === undefined) return
  if (value === null) params.delete(key)
  else params.set(key, value)
}

export function writeJourneysState(
  before: URLSearchParams,
  change: JourneysChange
): URLSearchParams {
  const params = new URLSearchParams(before)
  writePeriodState(params, change)
  for (const name of NAMES) {
    const value = change[name]
    if (value !== undefined) params.set(KEYS[name], String(value))
  }
  flag(params, 'repeats', change.collapses === false ? 'kept' : change.collapses && null)
  flag(params, 'new', change.newOnly === true ? '1' : change.newOnly === false ? null : undefined)
  flag(params, 'through', change.through)
  // A step of another kind is not among these paths.
  if (change.step !== undefined) params.delete('through')
  return params
}

/** The address bar is the state of the report, as it is of the dashboard. */
export function useJourneysState(data: Range) {
  const { timezone } = useProject()
  const [params, setParams] = useSearchParams()
  const state = useMemo(
    () => readJourneysState(params, todayIn(timezone), data),
    [params, timezone, data]
  )
  const change = useCallback(
    (next: JourneysChange) =>
      setParams((before) => writeJourneysState(before, next), {
        replace: true,
        preventScrollReset: true,
      }),
    [setParams]
  )
  return { state, change }
}

export const journeysRequest = (state: JourneysState): JourneysRequest => ({
  date_from: state.range.from,
  date_to: state.range.to,
  conversion: state.conversion,
  window_days: state.windowDays,
  step: state.step,
  depth: state.depth,
  from: state.from,
  include: state.include,
  collapse_repeats: state.collapses,
  min_share: state.leastShare,
  customers: state.newOnly ? 'new' : 'all',
  ...(state.through !== null && { contains_step: [state.through] }),
})
