import type { KpiReport } from '../../schemas.ts'
import type { KeyFigures } from './golden_shop.ts'

type Figures = Record<string, string | number | null | undefined>

/** Sums of money, orders and customers in billionths: what Python gives as texts. */
const sums = [
  'gross_sales',
  'discounts',
  'refunds',
  'revenue',
  'tax',
  'shipping',
  'orders',
  'new_customers',
  'cost',
]

/** Sums whose rows add up to the totals under any grouping. */
export const additive = sums.filter((key) => key !== 'cost')

const digits = (value: unknown) =>
  typeof value === 'number' ? Number(value.toPrecision(12)) : null

/** Figures as they are compared: sums to the billionth, ratios to twelve digits. */
function comparable(row: Figures, keys: readonly string[]): Figures {
  return Object.fromEntries(
    keys.map((key) => {
      const value = row[key]
      if (!sums.includes(key)) return [key, digits(value)]
      return [key, typeof value === 'number' ? String(Math.round(value * 1e9)) : value]
    })
  )
}

const isNothing = (row: Figures) => sums.every((key) => Number(row[key] ?? 0) === 0)

/** What Python has found, by the value of the grouping; rows of nothing are left out. */
export const expectedRows = (rows: Record<string, KeyFigures>) =>
  Object.fromEntries(
    Object.entries(rows).flatMap(([value, row]) =>
      isNothing(row) ? [] : [[value, comparable(row, Object.keys(row))]]
    )
  )

/** What the report says, in the same form. */
export const reportedRows = (
  { data }: KpiReport,
  valueOf: (row: KpiReport['data'][number]) => string,
  keys: readonly string[]
) =>
  Object.fromEntries(
    data.flatMap((row) => (isNothing(row) ? [] : [[valueOf(row), comparable(row, keys)]]))
  )

export const comparableTotals = (totals: Figures, keys: readonly string[]) =>
  comparable(totals, keys)
