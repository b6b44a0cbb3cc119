import { nameless } from '../catalogue/dimensions.ts'
import type { Dimension, TableName } from '../catalogue/types.ts'

/**
 * The closed set of comparisons. Values are texts; `contains` and `starts_with` overlook case and
 * accept any of their values. Rows whose value is unknown pass the negative ones.
 */
export const filterOps = [
  'is',
  'eq',
  'is_not',
  'not_eq',
  'in',
  'not_in',
  'contains',
  'not_contains',
  'starts_with',
  'is_null',
  'is_not_null',
] as const
export type FilterOp = (typeof filterOps)[number]

export interface Filter {
  dimension: Dimension
  op: FilterOp
  values: readonly string[]
}

/** How many values a comparison takes. */
export function arityOf(op: FilterOp): 'none' | 'one' | 'some' {
  if (op === 'is_null' || op === 'is_not_null') return 'none'
  return op === 'is' || op === 'eq' || op === 'is_not' || op === 'not_eq' ? 'one' : 'some'
}

/**
 * The value by which rows are told apart: spellings of one campaign are one. Of a touch's dimension ''
 * is what no touch is credited with.
 */
export function keyExpression(dimension: Dimension, column: string, table: TableName): string {
  const key = dimension.keyOf?.(column) ?? column
  if (!dimension.touch) return key
  return table === 'kpi' ? nameless(key) : `if(is_touched, ${nameless(key)}, '')`
}

/** The condition of a filter over rows of a table; its values are bound as `name`. */
export function filterCondition(filter: Filter, table: TableName, name: string): string {
  const { dimension, op } = filter
  return condition(op, keyExpression(dimension, dimension.columns[table] ?? `''`, table), {
    name,
    ...(dimension.fold && { fold: dimension.fold }),
  })
}

/** The comparison of a column, already folded, with values that are bound as `name`. */
export function condition(
  op: FilterOp,
  column: string,
  { name, fold }: { name: string; fold?: (text: string) => string }
): string {
  const bound = `{${name}:Array(String)}`
  const values = fold ? `arrayMap(value -> ${fold('value')}, ${bound})` : bound
  const conditions: Record<FilterOp, string> = {
    is: `${column} IN ${values}`,
    eq: `${column} IN ${values}`,
    in: `${column} IN ${values}`,
    is_not: `${column} NOT IN ${values}`,
    not_eq: `${column} NOT IN ${values}`,
    not_in: `${column} NOT IN ${values}`,
    contains: `arrayExists(value -> positionCaseInsensitiveUTF8(${column}, value) > 0, ${values})`,
    not_contains: `NOT arrayExists(value -> positionCaseInsensitiveUTF8(${column}, value) > 0, ${values})`,
    starts_with: `arrayExists(value -> startsWith(lowerUTF8(${column}), lowerUTF8(value)), ${values})`,
    is_null: `${column} = ''`,
    is_not_null: `${column} != ''`,
  }
  return conditions[op]
}
