import { GaqlError, NotPlayed } from './error.ts'
import {
  CORE_DATES,
  FIELDS,
  NOT_PLAYED,
  REACHABLE,
  RESOURCES_NOT_PLAYED,
  type Field,
  type Resource,
} from './fields.ts'
import { conditionOf, type Filter } from './filters.ts'
import { datesOf, type Days } from './dates.ts'
import type { Query } from './parse.ts'

/** A query that makes sense, ready to be carried out. */
export interface Plan {
  from: Resource
  select: Field[]
  filters: Filter[]
  orderBy: { field: Field; isDescending: boolean }[]
  limit: number | null
  /** Days asked for; open ends where nothing is said of dates. */
  days: Days
  isMetric: boolean
  segments: Field[]
  hasOwnNames: boolean
}

function fieldOf(name: string): Field {
  const field = FIELDS.get(name)
  if (field !== undefined) return field
  if (NOT_PLAYED.test(name)) throw new NotPlayed(name)
  throw new GaqlError('UNRECOGNIZED_FIELD', `Unrecognized field in the query: '${name}'.`)
}

function resourceOf(name: string): Resource {
  if (Object.hasOwn(REACHABLE, name)) return name as Resource
  if (RESOURCES_NOT_PLAYED.test(name)) throw new NotPlayed(name)
  const text = `Error in query: invalid resource type '${name}' in the FROM clause.`
  throw new GaqlError('BAD_RESOURCE_TYPE_IN_FROM_CLAUSE', text)
}

/** Whether a field may be asked for in a query on this resource. */
function mustFit(field: Field, from: Resource, clause: 'SELECT' | 'WHERE'): void {
  if (field.resource !== undefined && !REACHABLE[from].includes(field.resource)) {
    throw new GaqlError(
      `PROHIBITED_RESOURCE_TYPE_IN_${clause}_CLAUSE`,
      `The following fields are from resources that cannot be used with '${from}': '${field.name}'.`
    )
  }
  if (field.kind === 'attribute' || from !== 'customer_client') return
  const kind = field.kind.toUpperCase()
  throw new GaqlError(
    `PROHIBITED_${kind}_IN_SELECT_OR_WHERE_CLAUSE`,
    `Cannot select or filter on the following ${field.kind}s: '${field.name}', since they are incompatible with the resource in the FROM clause: '${from}'.`
  )
}

function mustBeSelected(names: string[], select: readonly Field[]): void {
  const missing = names.find((name) => !select.some((field) => field.name === name))
  if (missing === undefined) return
  throw new GaqlError(
    'EXPECTED_REFERENCED_FIELD_IN_SELECT_CLAUSE',
    `The following field must be present in SELECT clause: '${missing}'.`
  )
}

function mustHaveDates(plan: Plan): void {
  const isDated = plan.segments.some(({ name }) => CORE_DATES.includes(name))
  const isFinite = plan.days.from !== null && plan.days.to !== null
  if (isFinite || (!isDated && plan.days.from === null && plan.days.to === null)) return
  throw new GaqlError(
    'EXPECTED_FILTERS_ON_DATE_RANGE',
    "Query must contain a finite date range in the WHERE clause: 'segments.date'."
  )
}

/** @throws GaqlError, NotPlayed */
export function resolve(query: Query, today: number): Plan {
  const from = resourceOf(query.from)
  const select = [...new Set(query.select)].map(fieldOf)
  for (const field of select) mustFit(field, from, 'SELECT')
  const wheres = query.where.map((condition) => ({ condition, field: fieldOf(condition.field) }))
  for (const { field } of wheres) mustFit(field, from, 'WHERE')
  const isDate = ({ name }: Field) => CORE_DATES.includes(name)
  const divided = wheres.filter(({ field }) => field.kind === 'segment' && !isDate(field))
  mustBeSelected(
    divided.map(({ field }) => field.name),
    select
  )
  mustBeSelected(
    query.orderBy.map(({ field }) => field),
    select
  )
  const dated = wheres.filter(({ field }) => isDate(field))
  const plan: Plan = {
    from,
    select,
    filters: wheres
      .filter(({ field }) => !isDate(field))
      .map(({ condition, field }) => conditionOf(condition, field)),
    orderBy: query.orderBy.map(({ field, isDescending }) => ({
      field: fieldOf(field),
      isDescending,
    })),
    limit: query.limit,
    days: datesOf(
      dated.map(({ condition }) => condition),
      today
    ),
    isMetric: [...select, ...wheres.map(({ field }) => field)].some(
      ({ kind }) => kind === 'metric'
    ),
    segments: select.filter(({ kind }) => kind === 'segment'),
    hasOwnNames: query.parameters.omit_unselected_resource_names !== 'true',
  }
  mustHaveDates(plan)
  return plan
}
