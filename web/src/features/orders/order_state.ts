import { useCallback, useMemo } from 'react'
import { useSearchParams } from 'react-router'
import type { AttributionState } from '../attribution/use_attribution_state.ts'
import { readParams, writeParams, type ModelParams } from '../analysis/model_params.ts'
import { orderPath } from './order_path.ts'
import type { Range } from '../period/dates.ts'

/** What touches of an order are told apart by. */
export const PLAYERS = [
  'channel',
  'source_medium',
  'campaign',
  'ad',
  'landing_page',
  'keyword',
] as const
export type Player = (typeof PLAYERS)[number]

/** How an order is explained; what is absent is as the project has settled it. */
export interface OrderState {
  by: Player
  windowDays: number | null
  params: ModelParams | null
  /** The days of the report that it was opened from, which fitted models go by. */
  range: Range | null
  /** Whose order it is, where several sources have one of the number. */
  integrationId: string | null
}

export type OrderChange = Partial<Pick<OrderState, 'by' | 'windowDays' | 'integrationId'>>

const DATE = /^\d{4}-\d{2}-\d{2}$/
/** Read only where the address has all of them. */
const PARAMS = ['half_life', 'first', 'last', 'allocation']
const STANDARD: ModelParams = { halfLifeDays: 7, first: 0.4, last: 0.4, allocation: 'path' }

function readRange(params: URLSearchParams): Range | null {
  const [from, to] = [params.get('from') ?? '', params.get('to') ?? '']
  return DATE.test(from) && DATE.test(to) ? { from, to } : null
}

function readWindow(params: URLSearchParams): number | null {
  const days = Number(params.get('window') ?? NaN)
  return Number.isInteger(days) && days >= 1 && days <= 365 ? days : null
}

export function readOrderState(params: URLSearchParams): OrderState {
  const integrationId = params.get('integration')
  return {
    by: PLAYERS.find((player) => player === params.get('by')) ?? 'channel',
    windowDays: readWindow(params),
    params: PARAMS.every((key) => params.has(key)) ? readParams(params, STANDARD) : null,
    range: readRange(params),
    integrationId:
      integrationId !== null && /^\d{1,20}$/.test(integrationId) ? integrationId : null,
  }
}

export function writeOrderState(before: URLSearchParams, change: OrderChange): URLSearchParams {
  const params = new URLSearchParams(before)
  if (change.by) params.set('by', change.by)
  if (change.windowDays) params.set('window', String(change.windowDays))
  if (change.integrationId) params.set('integration', change.integrationId)
  return params
}

/** An order as the report explains it: its credits are those of the report's rows. */
export function orderInReport(projectId: string, orderId: string, state: AttributionState): string {
  const params = new URLSearchParams({
    by: state.by,
    window: String(state.windowDays),
    from: state.range.from,
    to: state.range.to,
  })
  writeParams(params, state.params)
  return `${orderPath(projectId, orderId)}?${params}`
}

export function useOrderState() {
  const [params, setParams] = useSearchParams()
  const state = useMemo(() => readOrderState(params), [params])
  const change = useCallback(
    (next: OrderChange) =>
      setParams((before) => writeOrderState(before, next), {
        replace: true,
        preventScrollReset: true,
      }),
    [setParams]
  )
  return { state, change }
}
