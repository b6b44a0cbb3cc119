import { AttributionParameters } from '#attribution/public'
import type { AttributionSettings } from '#measurement/public'
import { invalidField, Problem } from '#shared/http/problem'
import { fieldErrors } from '#shared/http/validate'
import type { Period } from '../plan/dates.ts'
import { Faults } from '../plan/fault.ts'
import type { FilterOp } from '../plan/filters.ts'
import { checkPeriod } from '../plan/check_period.ts'
import { checkValues, listOf } from '../plan/resolve.ts'
import {
  filterNames,
  findOrderDimension,
  findTouchDimension,
  groupingNames,
  type OrderDimension,
  type TouchDimension,
} from './dimensions.ts'
import type { AttributionRequest, ConversionValue } from './request.ts'

export interface FilterOf<Dimension> {
  dimension: Dimension
  op: FilterOp
  values: readonly string[]
}

/** A report, decided: everything that its SQL and its answer follow from. */
export interface AttributionPlan extends AttributionParameters {
  period: Period
  goal: string
  value: ConversionValue
  /** The players, under the name that the request gave them. */
  grouping: { name: string; dimension: TouchDimension }
  /** Choose conversions. */
  orderFilters: readonly FilterOf<OrderDimension>[]
  /** Choose what of their credits is shown. */
  touchFilters: readonly FilterOf<TouchDimension>[]
}

function resolveGrouping(request: AttributionRequest, faults: Faults) {
  const [name = '', ...others] = listOf(request.group_by ?? 'channel')
  const dimension = findTouchDimension(name)
  if (dimension && others.length === 0) return { name, dimension }
  const message = `Group by one of ${groupingNames.join(', ')}`
  faults.add('group_by', 'dimension', message)
  return undefined
}

type FilterSets = Pick<AttributionPlan, 'orderFilters' | 'touchFilters'>

function resolveFilters(request: AttributionRequest, faults: Faults): FilterSets {
  const orderFilters: FilterOf<OrderDimension>[] = []
  const touchFilters: FilterOf<TouchDimension>[] = []
  for (const [index, asked] of (request.filters ?? []).entries()) {
    const field = `filters.${index}`
    const filter = { op: asked.op, values: checkValues(asked, field, faults) }
    const ofOrders = findOrderDimension(asked.dimension)
    const ofTouches = findTouchDimension(asked.dimension)
    if (ofOrders) orderFilters.push({ ...filter, dimension: ofOrders })
    else if (ofTouches) touchFilters.push({ ...filter, dimension: ofTouches })
    else {
      const message = `There is no dimension "${asked.dimension}"; there are ${filterNames.join(', ')}`
      faults.add(`${field}.dimension`, 'dimension', message)
    }
  }
  return { orderFilters, touchFilters }
}

/** Of each model what is asked for, and what the project has settled where nothing is. */
function paramsOf(asked: AttributionRequest['params'], settled: AttributionSettings['params']) {
  return {
    time_decay: { ...settled.time_decay, ...asked?.time_decay },
    position_based: { ...settled.position_based, ...asked?.position_based },
    markov: { ...settled.markov, ...asked?.markov },
  }
}

/** The parameters of the models, or a 422. */
function parametersOf(
  { models, window_days: days, params }: AttributionRequest,
  settled: AttributionSettings
): AttributionParameters {
  const read = AttributionParameters.safeParse({
    ...(models && { models: [...new Set(models)] }),
    window_days: days ?? settled.window_days,
    params: paramsOf(params, settled.params),
  })
  if (read.success) return read.data
  const errors = fieldErrors(read.error)
  throw new Problem('validation_failed', {
    detail: errors.map(({ field, message }) => `${field}: ${message}`).join('; '),
    errors,
  })
}

/** Markov as published knows no single touches. */
function checkGlobal({ params, models, touchFilters }: AttributionPlan): void {
  if (params.markov.allocation !== 'global' || !models.includes('markov')) return
  if (touchFilters.length === 0) return
  throw invalidField(
    'params.markov.allocation',
    'meaningless',
    'The global allocation divides all conversions at once: none of its credits belong to single touches, which filters could choose'
  )
}

/** Decides a report, or answers 422 with every fault of the request. */
export function planAttribution(
  request: AttributionRequest,
  settled: AttributionSettings
): AttributionPlan {
  const faults = new Faults()
  const period = { from: request.date_from, to: request.date_to }
  checkPeriod(period, faults)
  const grouping = resolveGrouping(request, faults)
  const filters = resolveFilters(request, faults)
  faults.raise()
  if (!grouping) throw new Error('A plan without players has a fault')
  const plan: AttributionPlan = {
    ...parametersOf(request, settled),
    period,
    goal: request.conversion ?? settled.conversion,
    value: request.value ?? 'revenue',
    grouping,
    ...filters,
  }
  checkGlobal(plan)
  return plan
}
