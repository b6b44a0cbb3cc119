import type { AttributionSettings } from '#measurement/public'
import { invalidField } from '#shared/http/problem'
import type { WeekStart } from '#shared/http/types'
import { partsOf } from '../catalogue/metrics.ts'
import { partOf } from '../catalogue/parts.ts'
import type { Dimension, Metric } from '../catalogue/types.ts'
import { chooseTable } from './choose_table.ts'
import { checkPeriod } from './check_period.ts'
import { creditedMetrics } from './credited_metrics.ts'
import { comparisonPeriod, type Period } from './dates.ts'
import { Faults } from './fault.ts'
import { attributionOf, modelOf } from './plan_attribution.ts'
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

/** What a project has settled, and a plan follows. */
export interface Settled {
  weekStart: WeekStart
  attribution: AttributionSettings
}

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
}

/** Markov as published divides all conversions at once. */
function refuseGlobal(plan: Plan): void {
  const isGlobal = plan.attribution.params.markov.allocation === 'global'
  const [metric] = creditedMetrics(plan)
  if (plan.model !== 'markov' || !isGlobal || !metric) return
  throw invalidField(
    'attribution.params.markov.allocation',
    'meaningless',
    `"${metric.key}" is a sum of what single orders are credited with, which the global allocation does not say: choose path`
  )
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
 * @param settled what the project has settled
 * @param offset rows that earlier pages have shown
 */
export function makePlan(request: KpiRequest, settled: Settled, offset: number): Plan {
  const faults = new Faults()
  const period = { from: request.date_from, to: request.date_to }
  checkPeriods(period, request, faults)
  checkLater(request, faults)
  const metrics = resolveMetrics(request, faults)
  const groupings = resolveGroupings(request, faults)
  const filters = resolveFilters(request, faults)
  const model = modelOf(request, settled.attribution)
  refuseMeaningless({ metrics, groupings, filters }, model, faults)
  const order = resolveOrder(request, metrics, groupings, faults)
  faults.raise()

  const used = [...groupings, ...filters].map(({ dimension }) => dimension)
  const plan: Plan = {
    period,
    comparison: request.compare,
    granularity: request.granularity ?? 'day',
    weekStart: settled.weekStart,
    refundBasis: request.refund_basis ?? 'order_date',
    model,
    attribution: attributionOf(request, settled.attribution, { groupings, filters }),
    metrics,
    groupings,
    filters,
    parts: planParts(metrics, used),
    order,
    limit: request.limit ?? DEFAULT_LIMIT,
    offset,
  }
  refuseGlobal(plan)
  return plan
}
