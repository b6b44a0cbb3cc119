import { dimensionNames, findDimension } from '../catalogue/dimensions.ts'
import { findMetric, metricKeys } from '../catalogue/metrics.ts'
import type { Metric } from '../catalogue/types.ts'
import type { Model } from '#attribution/public'
import { refusalUnder } from './choose_table.ts'
import type { Faults } from './fault.ts'
import { arityOf, type Filter } from './filters.ts'
import type { KpiRequest } from './request.ts'
import type { Grouping, Order, Plan } from './types.ts'

const MAX_GROUPINGS = 4

/** Names in whatever form they came. */
export function listOf(value: string | readonly string[] | undefined): string[] {
  const list = typeof value === 'string' ? value.split(',') : (value ?? [])
  return list.map((name) => name.trim()).filter((name) => name !== '')
}

export function resolveMetrics(request: KpiRequest, faults: Faults): Metric[] {
  const asked = [...new Set(listOf(request.metrics))]
  if (asked.length === 0) faults.add('metrics', 'required', 'Name at least one metric')
  return asked.flatMap((key) => {
    const metric = findMetric(key)
    if (metric) return [metric]
    faults.add(
      'metrics',
      'metric',
      `There is no metric "${key}"; there are ${metricKeys.join(', ')}`
    )
    return []
  })
}

const unknownDimension = (name: string) =>
  `There is no dimension "${name}"; there are ${dimensionNames.join(', ')}`

export function resolveGroupings(request: KpiRequest, faults: Faults): Grouping[] {
  const asked = listOf(request.group_by)
  if (asked.length > MAX_GROUPINGS) {
    faults.add('group_by', 'too_many', `Group by at most ${MAX_GROUPINGS} dimensions`)
  }
  const groupings = asked.flatMap((name) => {
    const dimension = findDimension(name)
    if (dimension) return [{ name, dimension }]
    faults.add('group_by', 'dimension', unknownDimension(name))
    return []
  })
  if (new Set(groupings.map(({ dimension }) => dimension)).size < groupings.length) {
    faults.add('group_by', 'distinct', 'A dimension is named twice')
  }
  return groupings
}

function valuesOf({ op, values }: NonNullable<KpiRequest['filters']>[number]): string[] {
  if (typeof values !== 'string') return values ?? []
  return op === 'in' || op === 'not_in' ? listOf(values) : [values]
}

const arities = {
  none: { fits: (given: number) => given === 0, text: 'no values' },
  one: { fits: (given: number) => given === 1, text: 'exactly one value' },
  some: { fits: (given: number) => given > 0, text: 'at least one value' },
}

/** The values of a filter, which must be as many as its comparison takes. */
export function checkValues(
  asked: NonNullable<KpiRequest['filters']>[number],
  field: string,
  faults: Faults
): string[] {
  const values = valuesOf(asked)
  const arity = arities[arityOf(asked.op)]
  if (!arity.fits(values.length)) {
    faults.add(`${field}.values`, 'values', `"${asked.op}" takes ${arity.text}`)
  }
  return values
}

export function resolveFilters(request: Pick<KpiRequest, 'filters'>, faults: Faults): Filter[] {
  return (request.filters ?? []).flatMap((asked, index) => {
    const field = `filters.${index}`
    const dimension = findDimension(asked.dimension)
    if (!dimension) {
      faults.add(`${field}.dimension`, 'dimension', unknownDimension(asked.dimension))
      return []
    }
    if (dimension.type === 'date') {
      faults.add(`${field}.dimension`, 'dimension', 'Choose days with date_from and date_to')
      return []
    }
    const values = checkValues(asked, field, faults)
    return [{ dimension, op: asked.op, values }]
  })
}

/** What a metric has no meaning by under a model, each with its reason. */
export function refuseMeaningless(
  { metrics, groupings, filters }: Pick<Plan, 'metrics' | 'groupings' | 'filters'>,
  model: Model,
  faults: Faults
): void {
  const used = [
    ...groupings.map(({ dimension }) => ({ dimension, field: 'group_by' })),
    ...filters.map(({ dimension }, index) => ({ dimension, field: `filters.${index}.dimension` })),
  ]
  for (const metric of metrics) {
    for (const { dimension, field } of used) {
      const why = refusalUnder(model, metric, dimension)
      if (why === undefined) continue
      faults.add(
        field,
        'meaningless',
        `"${metric.key}" has no meaning by "${dimension.key}": ${why}`
      )
    }
  }
}

/** Time runs forward; of anything else the greatest come first. */
function defaultOrder(metrics: readonly Metric[], groupings: readonly Grouping[]): Order[] {
  const date = groupings.find(({ dimension }) => dimension.type === 'date')
  if (date) return [{ column: date.name, dir: 'asc' }]
  return metrics.slice(0, 1).map(({ key }) => ({ column: key, dir: 'desc' }))
}

export function resolveOrder(
  request: KpiRequest,
  metrics: readonly Metric[],
  groupings: readonly Grouping[],
  faults: Faults
): Order[] {
  const metricNames = metrics.map(({ key }) => key)
  const groupNames = groupings.map(({ name }) => name)
  if (!request.order_by?.length) return defaultOrder(metrics, groupings)
  return request.order_by.flatMap(({ metric, dimension, dir }, index) => {
    const field = `order_by.${index}`
    if ((metric === undefined) === (dimension === undefined)) {
      faults.add(field, 'order', 'Name either a metric or a dimension')
      return []
    }
    const column = metric ?? dimension ?? ''
    const known = metric === undefined ? groupNames : metricNames
    if (!known.includes(column)) {
      faults.add(
        field,
        'order',
        `"${column}" is not part of the report; there are ${known.join(', ')}`
      )
      return []
    }
    return [{ column, dir }]
  })
}
