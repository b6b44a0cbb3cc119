import { inSlices, journeysWithin } from '#warehouse/public'
import { asTheyAre, pick, type Columns } from '../../attribution/sql/steps.ts'
import type { TableName } from '../../catalogue/types.ts'
import { dateColumn } from '../date_column.ts'
import { filterCondition } from '../filters.ts'
import { isProductOrRest, productsOfRows } from '../products_sql.ts'
import type { Plan } from '../types.ts'
import { amountsOf, wholeAmount } from './amounts.ts'

/** What a row of credits knows of its conversion. */
export const ownColumns = asTheyAre(
  'date',
  'order_date',
  'goal',
  'conversion_key',
  'person_key',
  'is_new',
  'order_key',
  'first_order_date',
  'integration_id',
  'source_type',
  'country',
  'device',
  'coupon'
)
const productColumns = asTheyAre('product_id', 'product_name', 'item_value')

export const columnsOfTable = (table: TableName): Columns =>
  table === 'credited_items' ? { ...ownColumns, ...productColumns } : ownColumns

/** Orders, with those that sum to nothing, and those refunds that are not part of their order's row. */
function goalsOf(table: TableName, { refundBasis }: Plan): string {
  const sales = `goal IN ('order', 'zero_order')`
  if (table === 'credited_items' || refundBasis === 'refund_date') {
    return `(${sales} OR goal = 'refund')`
  }
  return `(${sales} OR goal = 'refund' AND order_key = 0)`
}

const inPeriod = (table: TableName, plan: Plan) =>
  `${dateColumn(table, plan)} BETWEEN {date_from:Date} AND {date_to:Date}`

/** Filters on what an order has as a whole choose conversions; the others choose rows of credits. */
export const choosesConversions = ({ dimension }: Plan['filters'][number]): boolean =>
  !dimension.touch && dimension.columns.credits !== undefined

function journeysOf(table: TableName, plan: Plan): string {
  const filters = plan.filters.flatMap((filter, index) =>
    choosesConversions(filter) ? [filterCondition(filter, table, `filter_${index}`)] : []
  )
  const where = [inPeriod(table, plan), goalsOf(table, plan), ...filters].join('\n    AND ')
  return journeysWithin(where, plan.attribution.window_days)
}

/** Each conversion once per product, with what of its amounts the product has. */
function withProducts(journeys: string, plan: Plan, arrays: readonly string[]): string {
  const products = `SELECT fact_key AS conversion_key, product_id, product_name, item_value, item_reduction
    FROM order_facts
    ${productsOfRows}
    WHERE ${inSlices('orders')} AND ${inPeriod('credited_items', plan)}
      AND ${isProductOrRest}`
  const kept = pick(journeys, { ...ownColumns, ...asTheyAre('anchor', ...arrays) })
  return `SELECT * FROM (${kept}) AS conversions INNER JOIN (${products}) AS products USING (conversion_key)`
}

/**
 * The conversions of the plan: what rows of credits know of them, `whole_…` amounts, `anchor`, and the
 * arrays of their touches.
 */
export function conversionsSql(
  table: TableName,
  plan: Plan,
  arrays: readonly string[],
  more: Columns
): string {
  const journeys = journeysOf(table, plan)
  const wholes = amountsOf(plan, table).map((amount) => [
    `whole_${amount}`,
    wholeAmount(amount, table, plan.refundBasis),
  ])
  return pick(table === 'credited_items' ? withProducts(journeys, plan, arrays) : journeys, {
    ...columnsOfTable(table),
    ...(Object.fromEntries(wholes) as Columns),
    ...more,
  })
}
