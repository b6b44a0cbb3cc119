import type { WeekStart } from '#shared/http/types'
import { partsOf } from '../catalogue/metrics.ts'
import { partOf } from '../catalogue/parts.ts'
import type { Dimension, Metric } from '../catalogue/types.ts'
import { chooseTable } from './choose_table.ts'
import { checkPeriod } from './check_period.ts'
import { comparisonPeriod, type Period } from './dates.ts'
import { Faults } from './fault.ts'
import type { KpiRequest } from './request.ts'
import {
  refuseMeaningless,
  resolveFilters,
  resolveGroupings,
  resolveMetrics,
  resolveOrder,
} from './resolve.ts'
import type { Plan, PlannedPart } from './types.ts'

const EARLIEST = '1970-01-01'
export const DEFAULT_LIMIT = 50

/** The one model that there is: an order belongs to the UTM parameters it came with. */
export const attributionModel = { model: 'last_non_direct', window_days: 30 } as const

function checkPeriods(period: Period, request: KpiRequest, faults: Faults): void {
  if (!checkPeriod(period, faults)) return
  if (request.compare && comparisonPeriod(period, request.compare).from < EARLIEST) {
    faults.add('compare', 'range', `The period to compare with begins before ${EARLIEST}`)
  }
}

function checkLater(request: KpiRequest, faults: Faults): void {
  if (request.as_of !== undefined) {
    faults.add(
      'as_of',
      'unavailable',
      'as_of is not available yet: reports show what is published now, and a cursor stays with the state of its first page'
    )
  }
  const { model, window_days: days } = request.attribution ?? {}
  if (
    (model ?? attributionModel.model) !== attributionModel.model ||
    (days ?? attributionModel.window_days) !== attributionModel.window_days
  ) {
    faults.add(
      'attribution',
      'unavailable',
      `Only ${attributionModel.model} with window_days ${attributionModel.window_days} is available yet`
    )
  }
}

function planParts(metrics: readonly Metric[], used: readonly Dimension[]): PlannedPart[] {
  const keys = [...new Set(metrics.flatMap(partsOf))]
  return keys.flatMap((key) => {
    const part = partOf(key)
    const table = chooseTable(part, used)
    return table ? [{ part, table }] : []
  })
}

/**
 * Decides a report, or answers 422 with every fault of the request.
 *
 * @param offset rows that earlier pages have shown
 */
export function makePlan(request: KpiRequest, weekStart: WeekStart, offset: number): Plan {
  const faults = new Faults()
  const period = { from: request.date_from, to: request.date_to }
  checkPeriods(period, request, faults)
  checkLater(request, faults)
  const metrics = resolveMetrics(request, faults)
  const groupings = resolveGroupings(request, faults)
  const filters = resolveFilters(request, faults)
  refuseMeaningless(metrics, groupings, filters, faults)
  const order = resolveOrder(request, metrics, groupings, faults)
  faults.raise()

  const used = [...groupings, ...filters].map(({ dimension }) => dimension)
  return {
    period,
    comparison: request.compare,
    granularity: request.granularity ?? 'day',
    weekStart,
    refundBasis: request.refund_basis ?? 'order_date',
    metrics,
    groupings,
    filters,
    parts: planParts(metrics, used),
    order,
    limit: request.limit ?? DEFAULT_LIMIT,
    offset,
  }
}
