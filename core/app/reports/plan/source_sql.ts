import { isSpend } from '#measurement/public'
import { inSlices } from '#warehouse/public'
import type { Aggregate, Dimension, PartColumn, TableName } from '../catalogue/types.ts'
import { choosesConversions } from './credits/conversions.ts'
import { creditSteps } from './credits/steps.ts'
import { dateColumn } from './date_column.ts'
import { bucketExpression } from './dates.ts'
import { filterCondition, keyExpression } from './filters.ts'
import { isProductOrRest, productsOfRows } from './products_sql.ts'
import type { Grouping, Plan, PlannedPart, ProjectPlan } from './types.ts'

/** What a source that does not have a part says of it. */
const nothing: Record<Aggregate, string> = {
  amount: 'toDecimal128(0, 9)',
  count: 'toUInt64(0)',
  keys: 'toUInt64(0)',
  texts: `''`,
  repeaters: '(toUInt64(0), toUInt64(0))',
}

/** The column of a part in the table that the plan reads it from. */
export function columnOf({ part, table }: PlannedPart): PartColumn {
  const column = part.tables[table]
  if (!column) throw new Error(`Part ${part.key} is not in ${table}`)
  return column
}

function rowExpression(planned: PlannedPart, plan: Plan): string {
  const { row } = columnOf(planned)
  return typeof row === 'string' ? row : row[plan.refundBasis]
}

function rawColumn({ dimension }: Grouping, table: TableName, plan: Plan): string {
  if (dimension.type === 'date') return dateColumn(table, plan)
  const column = dimension.columns[table]
  if (column === undefined) throw new Error(`${dimension.key} is not in ${table}`)
  return column
}

function keyColumn(grouping: Grouping, raw: string, table: TableName, plan: Plan): string {
  return grouping.dimension.type === 'date'
    ? bucketExpression(raw, plan.granularity, plan.weekStart)
    : keyExpression(grouping.dimension, raw, table)
}

/** Whether what orders brought follows their touches, and not what they say of themselves. */
const asksForTouches = ({ groupings, filters }: Plan): boolean =>
  [...groupings, ...filters].some(({ dimension }) => dimension.touch)

function conditions(table: TableName, plan: Plan): string {
  const layer = table === 'kpi' ? 'kpi' : 'orders'
  const filters = plan.filters.map((filter, index) =>
    filterCondition(filter, table, `filter_${index}`)
  )
  const inPeriod = `${dateColumn(table, plan)} BETWEEN {date_from:Date} AND {date_to:Date}`
  const spend = table === 'kpi' && asksForTouches(plan) ? [isSpend] : []
  return [inSlices(layer), inPeriod, ...spend, ...filters].join('\n    AND ')
}

/** Keys and labels of the groupings, then every part of the plan: the same columns from each source. */
function columnsOf(
  table: TableName,
  plan: Plan,
  own: {
    key: (grouping: Grouping, index: number) => string
    label: (grouping: Grouping, index: number) => string
    part: (planned: PlannedPart) => string
  }
): string {
  const keys = plan.groupings.map((grouping, index) => `${own.key(grouping, index)} AS k${index}`)
  const labels = plan.groupings.flatMap((grouping, index) =>
    grouping.dimension.label ? [`${own.label(grouping, index)} AS l${index}`] : []
  )
  const parts = plan.parts.map((planned) => {
    const value = planned.table === table ? own.part(planned) : nothing[columnOf(planned).aggregate]
    return `${value} AS p_${planned.part.key}`
  })
  return [...keys, ...labels, ...parts].join(',\n    ')
}

function labelOf({ label }: Dimension, table: TableName, column: string): string {
  if (typeof label?.row === 'function') return label.row(column)
  return label?.row[table] ?? `''`
}

/** A part of `daily_kpi` added up; texts are told apart instead. */
function addedUp(planned: PlannedPart, plan: Plan): string {
  const row = rowExpression(planned, plan)
  return isText(planned) ? row : `sum(${row})`
}

const isText = (planned: PlannedPart) => columnOf(planned).aggregate === 'texts'

function sumsOfKpi(plan: Plan): string {
  const own = plan.parts.filter(({ table }) => table === 'kpi')
  const columns = columnsOf('kpi', plan, {
    key: (grouping) => keyColumn(grouping, rawColumn(grouping, 'kpi', plan), 'kpi', plan),
    label: () => `''`,
    part: (planned) => addedUp(planned, plan),
  })
  return `SELECT
    ${columns}
  FROM daily_kpi
  WHERE ${conditions('kpi', plan)}
  ${groupBy(
    plan.groupings.map((_, index) => `k${index}`),
    own
  )}`
}

function groupBy(keys: readonly string[], own: readonly PlannedPart[]): string {
  const groups = [...keys, ...own.filter(isText).map(({ part }) => `p_${part.key}`)]
  return groups.length > 0 ? `GROUP BY ${groups.join(', ')}` : ''
}

/**
 * Rows added up by the spellings first: cleaning them then costs one step per spelling and not per row.
 *
 * @param kept columns that keys are made of besides
 */
function foldedSums(
  table: TableName,
  plan: Plan,
  from: string,
  kept: readonly string[] = []
): string {
  const own = plan.parts.filter((planned) => planned.table === table)
  const raw = plan.groupings.map((grouping, i) => `${rawColumn(grouping, table, plan)} AS r${i}`)
  const parts = own.map((planned) => `${addedUp(planned, plan)} AS p_${planned.part.key}`)
  const columns = columnsOf(table, plan, {
    key: (grouping, index) => keyColumn(grouping, `r${index}`, table, plan),
    label: ({ dimension }, index) => labelOf(dimension, table, `r${index}`),
    part: ({ part }) => `p_${part.key}`,
  })
  return `SELECT
    ${columns}
  FROM (
    SELECT ${[...raw, ...kept, ...parts].join(', ')}
    ${from}
    ${groupBy([...plan.groupings.map((_, index) => `r${index}`), ...kept], own)}
  )`
}

function columnsOfRows(table: TableName, plan: Plan): string {
  return columnsOf(table, plan, {
    key: (grouping) => keyColumn(grouping, rawColumn(grouping, table, plan), table, plan),
    label: (grouping) => labelOf(grouping.dimension, table, rawColumn(grouping, table, plan)),
    part: (planned) => rowExpression(planned, plan),
  })
}

function fromOrderFacts(table: 'orders' | 'items', plan: Plan): string {
  return `SELECT
    ${columnsOfRows(table, plan)}
  FROM order_facts
  ${table === 'items' ? productsOfRows : ''}
  WHERE ${conditions(table, plan)}${table === 'items' ? `\n    AND ${isProductOrRest}` : ''}`
}

function fromCredits(table: 'credits' | 'credited_items', plan: ProjectPlan): string {
  const filters = plan.filters.flatMap((filter, index) =>
    choosesConversions(filter) ? [] : [filterCondition(filter, table, `filter_${index}`)]
  )
  const from = `FROM (${creditSteps(table, plan)})
  ${filters.length > 0 ? `WHERE ${filters.join('\n    AND ')}` : ''}`
  if (isFolded(plan) && addsUp(table, plan)) return foldedSums(table, plan, from, ['is_touched'])
  return `SELECT
    ${columnsOfRows(table, plan)}
  ${from}`
}

const isFolded = ({ groupings }: Plan): boolean =>
  groupings.some(({ dimension }) => dimension.keyOf !== undefined)

/** Whether all that a table has is sums: distinct customers have to be seen row by row. */
const addsUp = (table: TableName, { parts, groupings }: Plan): boolean =>
  groupings.every(({ dimension }) => dimension.label?.column === undefined) &&
  parts.every((planned) => planned.table !== table || columnOf(planned).aggregate === 'amount')

const fromKpi = (plan: Plan): string =>
  isFolded(plan)
    ? foldedSums('kpi', plan, `FROM daily_kpi\n    WHERE ${conditions('kpi', plan)}`)
    : sumsOfKpi(plan)

function rowsOf(table: TableName, plan: ProjectPlan): string {
  if (table === 'kpi') return fromKpi(plan)
  if (table === 'orders' || table === 'items') return fromOrderFacts(table, plan)
  return fromCredits(table, plan)
}

/** SQL for the rows of one table that the plan needs. */
export function sourceSql(table: TableName, plan: ProjectPlan): string {
  return rowsOf(table, plan).replaceAll(/\n\s*(?=\n)/g, '')
}
