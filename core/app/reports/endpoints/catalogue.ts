import type { z } from 'zod'
import { endpoint } from '#shared/http/endpoint'
import { listOf } from '#shared/http/pagination'
import { dimensions } from '../catalogue/dimensions.ts'
import { metrics } from '../catalogue/metrics.ts'
import type { Dimension, Metric, Terms } from '../catalogue/types.ts'
import { refusal } from '../plan/choose_table.ts'
import { granularities } from '../plan/dates.ts'
import { filterOps } from '../plan/filters.ts'
import { DimensionView, MetricView } from '../schemas.ts'

const signed = (terms: Terms) =>
  Object.entries(terms).map(([key, sign]) => (sign === 1 ? key : `-${key}`))

function metricView(metric: Metric): z.input<typeof MetricView> {
  const { key, title, unit, formula, numerator, denominator } = metric
  return {
    key,
    title,
    unit,
    formula,
    numerator: signed(numerator),
    denominator: denominator ? signed(denominator) : null,
    null_reason: metric.condition?.reason ?? metric.nullReason ?? null,
    dimensions: dimensions
      .filter((dimension) => refusal(metric, dimension) === undefined)
      .map((dimension) => dimension.key),
  }
}

function dimensionView(dimension: Dimension): z.input<typeof DimensionView> {
  const isDate = dimension.type === 'date'
  return {
    key: dimension.key,
    aliases: [...dimension.aliases],
    title: dimension.title,
    type: dimension.type,
    granularities: isDate ? [...granularities] : [],
    filter_ops: isDate ? [] : [...filterOps],
    label: dimension.label?.column ?? null,
  }
}

export const listMetrics = endpoint({
  method: 'GET',
  path: '/projects/:project_id/metrics',
  permission: 'project.read',
  tag: 'reports',
  summary: 'Every figure, how it is defined and what it can be grouped by',
  responses: { 200: listOf(MetricView) },
  handle: ({ reply }) => reply(200, { data: metrics.map(metricView), next_cursor: null }),
})

export const listDimensions = endpoint({
  method: 'GET',
  path: '/projects/:project_id/dimensions',
  permission: 'project.read',
  tag: 'reports',
  summary: 'Everything that reports can be grouped and filtered by',
  responses: { 200: listOf(DimensionView) },
  handle: ({ reply }) => reply(200, { data: dimensions.map(dimensionView), next_cursor: null }),
})
