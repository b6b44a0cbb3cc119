import { useCallback, useMemo } from 'react'
import { useSearchParams } from 'react-router'
import { todayIn, type Range } from '../period/dates.ts'
import {
  readPeriodState,
  writePeriodState,
  type PeriodChange,
  type PeriodState,
} from '../period/period_state.ts'
import { useProject } from '../projects/project_context.ts'
import { isFigure, type Figure } from './figures.ts'
import { isConversion } from '../analysis/conversion_name.ts'
import { FIRST_CHOICE, isModel, MODELS, type Model } from '../analysis/models.ts'
import { readParams, writeParams, type ModelParams } from '../analysis/model_params.ts'

/** What touches are told apart by. */
export const GROUPINGS = [
  'channel',
  'source_medium',
  'campaign',
  'ad',
  'landing_page',
  'keyword',
  'country',
  'device',
] as const
export type Grouping = (typeof GROUPINGS)[number]

const isGrouping = (key: string | null): key is Grouping =>
  GROUPINGS.some((grouping) => grouping === key)

export const VALUES = ['revenue', 'margin'] as const
export type Value = (typeof VALUES)[number]

export interface Sort {
  /** A model, or one of the columns beside them. */
  by: Model | 'cost' | 'disagreement'
  dir: 'asc' | 'desc'
}

export interface TouchFilter {
  dimension: Grouping
  value: string
}

/** What the project has chosen, which the address need not repeat. */
export interface Defaults {
  model: Model
  windowDays: number
  params: ModelParams
  conversion: string
}

export interface AttributionState extends PeriodState {
  by: Grouping
  models: Model[]
  windowDays: number
  params: ModelParams
  /** 'order', 'deal_won', … or 'event:' and a name. */
  conversion: string
  value: Value
  newOnly: boolean
  figure: Figure
  sort: Sort
  /** Rows that were opened on the way here: the campaigns of one channel. */
  filters: TouchFilter[]
  /** Whether single conversions are listed. */
  isListed: boolean
}

export type AttributionChange = PeriodChange &
  Partial<Omit<AttributionState, keyof PeriodState | 'data'>>

const FILTER = 'f.'

function readModels(params: URLSearchParams, { model }: Defaults): Model[] {
  const asked = (params.get('models') ?? '').split(',').filter(isModel)
  const chosen = asked.length > 0 ? asked : [model, ...FIRST_CHOICE]
  const rest = MODELS.filter((one) => chosen.includes(one) && one !== model)
  return chosen.includes(model) ? [model, ...rest] : rest
}

function readWindow(params: URLSearchParams, { windowDays }: Defaults): number {
  const days = Number(params.get('window') ?? windowDays)
  return Number.isInteger(days) && days >= 1 && days <= 365 ? days : windowDays
}

function readSort(params: URLSearchParams, models: readonly Model[]): Sort {
  const [by = '', asked] = (params.get('sort') ?? '').split('.')
  const dir = asked === 'asc' ? 'asc' : 'desc'
  if (by === 'cost' || by === 'disagreement') return { by, dir }
  const model = models.find((one) => one === by) ?? models[0]
  return { by: model ?? 'cost', dir }
}

const readFilters = (params: URLSearchParams): TouchFilter[] =>
  GROUPINGS.flatMap((dimension) =>
    params.getAll(FILTER + dimension).map((value) => ({ dimension, value }))
  )

function readChoices(params: URLSearchParams, defaults: Defaults) {
  const by = params.get('by')
  const conversion = params.get('conversion')
  const figure = params.get('figure')
  return {
    by: isGrouping(by) ? by : 'channel',
    conversion: isConversion(conversion) ? conversion : defaults.conversion,
    value: VALUES.find((value) => value === params.get('value')) ?? 'revenue',
    newOnly: params.get('new') === '1',
    isListed: params.get('list') === '1',
    figure: isFigure(figure) ? figure : 'revenue',
  } as const
}

export function readAttributionState(
  params: URLSearchParams,
  today: string,
  data: Range,
  defaults: Defaults
): AttributionState {
  const models = readModels(params, defaults)
  return {
    ...readPeriodState(params, today, data),
    ...readChoices(params, defaults),
    models,
    windowDays: readWindow(params, defaults),
    params: readParams(params, defaults.params),
    sort: readSort(params, models),
    filters: readFilters(params),
  }
}

function writeFilters(params: URLSearchParams, filters: readonly TouchFilter[]): void {
  for (const dimension of GROUPINGS) params.delete(FILTER + dimension)
  for (const { dimension, value } of filters) params.append(FILTER + dimension, value)
}

const set = (params: URLSearchParams, key: string, value: string | undefined): void => {
  if (value !== undefined) params.set(key, value)
}

const setFlag = (params: URLSearchParams, key: string, value: boolean | undefined): void => {
  if (value) params.set(key, '1')
  else if (value === false) params.delete(key)
}

export function writeAttributionState(
  before: URLSearchParams,
  change: AttributionChange
): URLSearchParams {
  const params = new URLSearchParams(before)
  writePeriodState(params, change)
  for (const key of ['by', 'conversion', 'value', 'figure'] as const) set(params, key, change[key])
  set(params, 'models', change.models?.join(','))
  set(params, 'window', change.windowDays?.toString())
  set(params, 'sort', change.sort && `${change.sort.by}.${change.sort.dir}`)
  if (change.params) writeParams(params, change.params)
  if (change.filters) writeFilters(params, change.filters)
  setFlag(params, 'new', change.newOnly)
  setFlag(params, 'list', change.isListed)
  return params
}

/** The address bar is the state of the report, as it is of the dashboard. */
export function useAttributionState(data: Range, defaults: Defaults) {
  const { timezone } = useProject()
  const [params, setParams] = useSearchParams()
  const state = useMemo(
    () => readAttributionState(params, todayIn(timezone), data, defaults),
    [params, timezone, data, defaults]
  )
  const change = useCallback(
    (next: AttributionChange) =>
      setParams((before) => writeAttributionState(before, next), {
        replace: true,
        preventScrollReset: true,
      }),
    [setParams]
  )
  return { state, change }
}

export type ChangeAttribution = (change: AttributionChange) => void
