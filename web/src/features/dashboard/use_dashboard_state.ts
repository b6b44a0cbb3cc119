import { useCallback, useMemo } from 'react'
import { useSearchParams } from 'react-router'
import type { Granularity, KpiFilter } from '../../api/types.ts'
import { isModel, type Model } from '../analysis/models.ts'
import { useProject } from '../projects/project_context.ts'
import { defaultGrain, grainsFor, todayIn, type Range } from '../period/dates.ts'
import { isDimension, type Dimension } from './dimensions.ts'
import { isMetric, type Metric } from './metrics.ts'
import {
  readPeriodState,
  writePeriodState,
  type PeriodChange,
  type PeriodState,
} from '../period/period_state.ts'

export interface Sort {
  metric: Metric
  dir: 'asc' | 'desc'
}

export interface Filter {
  dimension: Dimension
  values: string[]
}

export interface DashboardState extends PeriodState {
  grain: Granularity
  metric: Metric
  by: Dimension
  sort: Sort
  filters: Filter[]
  /** Null: as the project has settled. */
  model: Model | null
}

/** What a change may say; absent keys stay. */
export interface StateChange extends PeriodChange {
  grain?: Granularity
  metric?: Metric
  by?: Dimension
  sort?: Sort
  filters?: Filter[]
  model?: Model | null
}

const FILTER = 'f.'

function readGrain(params: URLSearchParams, range: Range): Granularity {
  const asked = grainsFor(range).find((grain) => grain === params.get('grain'))
  return asked ?? defaultGrain(range)
}

function readSort(params: URLSearchParams): Sort {
  const [metric = '', dir] = (params.get('sort') ?? '').split('.')
  return { metric: isMetric(metric) ? metric : 'revenue', dir: dir === 'asc' ? 'asc' : 'desc' }
}

function readFilters(params: URLSearchParams): Filter[] {
  const dimensions = [...new Set(params.keys())].filter((key) => key.startsWith(FILTER))
  return dimensions.flatMap((key) => {
    const dimension = key.slice(FILTER.length)
    return isDimension(dimension) ? [{ dimension, values: params.getAll(key) }] : []
  })
}

function readState(params: URLSearchParams, today: string, data: Range): DashboardState {
  const period = readPeriodState(params, today, data)
  const metric = params.get('metric')
  const by = params.get('by')
  const model = params.get('model')
  return {
    ...period,
    grain: readGrain(params, period.range),
    metric: isMetric(metric) ? metric : 'revenue',
    by: isDimension(by) ? by : 'country',
    sort: readSort(params),
    filters: readFilters(params),
    model: isModel(model) ? model : null,
  }
}

function writeFilters(params: URLSearchParams, filters: readonly Filter[]): void {
  for (const key of new Set(params.keys())) if (key.startsWith(FILTER)) params.delete(key)
  for (const { dimension, values } of filters) {
    for (const value of values) params.append(FILTER + dimension, value)
  }
}

function writeState(before: URLSearchParams, change: StateChange): URLSearchParams {
  const params = new URLSearchParams(before)
  writePeriodState(params, change)
  // Another period has another natural grain.
  if (change.period !== undefined) params.delete('grain')
  if (change.grain) params.set('grain', change.grain)
  if (change.metric) params.set('metric', change.metric)
  if (change.by) params.set('by', change.by)
  if (change.sort) params.set('sort', `${change.sort.metric}.${change.sort.dir}`)
  if (change.model === null) params.delete('model')
  else if (change.model) params.set('model', change.model)
  if (change.filters) writeFilters(params, change.filters)
  return params
}

/** The address bar is the dashboard's state, so a view can be sent to somebody and comes back. */
export function useDashboardState(data: Range) {
  const { timezone } = useProject()
  const [params, setParams] = useSearchParams()
  const state = useMemo(() => readState(params, todayIn(timezone), data), [params, timezone, data])
  const change = useCallback(
    (next: StateChange) =>
      setParams((before) => writeState(before, next), { replace: true, preventScrollReset: true }),
    [setParams]
  )
  return { state, change }
}

export type ChangeState = (change: StateChange) => void

/** Filters as the API takes them; '' stands for rows of which the value is not known. */
export const toKpiFilters = (filters: readonly Filter[]): KpiFilter[] =>
  filters.map(({ dimension, values }) =>
    values.every((value) => value === '')
      ? { dimension, op: 'is_null' }
      : { dimension, op: 'in', values }
  )
