import { inSlices } from '#warehouse/public'
import type { Aggregate, Dimension, PartColumn, TableName } from '../catalogue/types.ts'
import { bucketExpression } from './dates.ts'
import { filterCondition, keyExpression } from './filters.ts'
import type { Grouping, Plan, PlannedPart } from './types.ts'

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

/** Refunded products count on the day of their order or on their own; other tables keep both sums. */
function dateColumn(table: TableName, plan: Plan): string {
  return table === 'items' && plan.refundBasis === 'order_date' ? 'order_date' : 'date'
}

function rawColumn({ dimension }: Grouping, table: TableName, plan: Plan): string {
  if (dimension.type === 'date') return dateColumn(table, plan)
  const column = dimension.columns[table]
  if (column === undefined) throw new Error(`${dimension.key} is not in ${table}`)
  return column
}

function keyColumn(grouping: Grouping, raw: string, plan: Plan): string {
  return grouping.dimension.type === 'date'
    ? bucketExpression(raw, plan.granularity, plan.weekStart)
    : keyExpression(grouping.dimension, raw)
}

function conditions(table: TableName, plan: Plan): string {
  const layer = table === 'kpi' ? 'kpi' : 'orders'
  const filters = plan.filters.map((filter, index) =>
    filterCondition(filter, table, `filter_${index}`)
  )
  const inPeriod = `${dateColumn(table, plan)} BETWEEN {date_from:Date} AND {date_to:Date}`
  return [inSlices(layer), inPeriod, ...filters].join('\n    AND ')
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
    key: (grouping) => keyColumn(grouping, rawColumn(grouping, 'kpi', plan), plan),
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

/** Added up by the spellings first: cleaning them then costs one step per spelling and not per row. */
function foldedSumsOfKpi(plan: Plan): string {
  const own = plan.parts.filter(({ table }) => table === 'kpi')
  const raw = plan.groupings.map((grouping, i) => `${rawColumn(grouping, 'kpi', plan)} AS r${i}`)
  const parts = own.map((planned) => `${addedUp(planned, plan)} AS p_${planned.part.key}`)
  const columns = columnsOf('kpi', plan, {
    key: (grouping, index) => keyColumn(grouping, `r${index}`, plan),
    label: ({ dimension }, index) => labelOf(dimension, 'kpi', `r${index}`),
    part: ({ part }) => `p_${part.key}`,
  })
  return `SELECT
    ${columns}
  FROM (
    SELECT ${[...raw, ...parts].join(', ')}
    FROM daily_kpi
    WHERE ${conditions('kpi', plan)}
    ${groupBy(
      plan.groupings.map((_, index) => `r${index}`),
      own
    )}
  )`
}

/** Products of a row, and what of it no product has: so the products sum to the whole. */
const productsOfRows = `ARRAY JOIN
    arrayPushBack(item_product_id, '') AS product_id,
    arrayPushBack(item_product_name, '') AS product_name,
    arrayPushBack(item_gross, if(kind = 'order', gross, refunded) - arraySum(item_gross)) AS item_value,
    arrayPushBack(item_discount, discount - arraySum(item_discount)) AS item_reduction`
const isProductOrRest = `(product_id != '' OR item_value != 0 OR item_reduction != 0 OR empty(item_product_id))`

function fromOrderFacts(table: 'orders' | 'items', plan: Plan): string {
  const columns = columnsOf(table, plan, {
    key: (grouping) => keyColumn(grouping, rawColumn(grouping, table, plan), plan),
    label: (grouping) => labelOf(grouping.dimension, table, rawColumn(grouping, table, plan)),
    part: (planned) => rowExpression(planned, plan),
  })
  return `SELECT
    ${columns}
  FROM order_facts
  ${table === 'items' ? productsOfRows : ''}
  WHERE ${conditions(table, plan)}${table === 'items' ? `\n    AND ${isProductOrRest}` : ''}`
}

const fromKpi = (plan: Plan): string =>
  plan.groupings.some(({ dimension }) => dimension.keyOf) ? foldedSumsOfKpi(plan) : sumsOfKpi(plan)

/** SQL for the rows of one table that the plan needs. */
export function sourceSql(table: TableName, plan: Plan): string {
  const sql = table === 'kpi' ? fromKpi(plan) : fromOrderFacts(table, plan)
  return sql.replaceAll(/\n\s*(?=\n)/g, '')
}
