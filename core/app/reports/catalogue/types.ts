/** Text in the languages of the interface. */
export interface Title {
  en: string
  ru: string
}

/**
 * Where figures come from: `kpi` is `daily_kpi`, sums per day; `orders` is `order_facts`, one row per
 * order and refund; `items` is the same, one row per product of each. `credits` is `journeys`, one row
 * per touch that a model credits with an order, and one where none is; `credited_items` the same per
 * product.
 */
export const tableNames = ['kpi', 'orders', 'items', 'credits', 'credited_items'] as const
export type TableName = (typeof tableNames)[number]

export const refundBases = ['order_date', 'refund_date'] as const
export type RefundBasis = (typeof refundBases)[number]

/** What rows a part counts. Ad spend knows other dimensions than orders do; `facts` are both. */
export type Subject = 'orders' | 'spend' | 'facts'

/** How a part's column adds up to one figure. */
export type Aggregate =
  /** Decimal amounts. */
  | 'amount'
  /** Whole numbers. */
  | 'count'
  /** Distinct 64-bit keys; 0 is none. */
  | 'keys'
  /** Distinct texts; '' is none. */
  | 'texts'
  /** Pairs of customer and order: customers with two orders or more. */
  | 'repeaters'

/** What a part is in one table: an expression over a row, and how the rows add up. */
export interface PartColumn {
  row: string | Readonly<Record<RefundBasis, string>>
  aggregate: Aggregate
}

/** The smallest thing that figures are made of. */
export interface Part {
  key: string
  subject: Subject
  tables: Readonly<Partial<Record<TableName, PartColumn>>>
}

export interface Dimension {
  key: string
  aliases: readonly string[]
  title: Title
  type: 'date' | 'text'
  /** The expression over a row of each table that knows the dimension. */
  columns: Readonly<Partial<Record<TableName, string>>>
  /** It is a touch's: orders have it by what a model credits. Columns of a touch that it is made of. */
  touch?: readonly string[]
  /** Orders carry no value of it, even where their table has the column. */
  spendOnly?: true
  /** What a filter gives is folded so that it compares with what rows are told apart by. */
  fold?: (text: string) => string
  /** What rows are told apart by, over the column: spellings of one value are one. Absent: the column. */
  keyOf?: (column: string) => string
  /** A readable name beside the value. */
  label?: Label
}

export interface Label {
  /** The answer's column; absent: the label is shown in place of the value. */
  column?: string
  /** What a row knows of it: SQL over the table, or over the dimension's own column. */
  row: Readonly<Partial<Record<TableName, string>>> | ((column: string) => string)
  /** Which of the rows' names is shown: SQL over the column of `row` and over the key of the group. */
  pick: (column: string, key: string) => string
}

export const units = ['money', 'count', 'ratio', 'percent'] as const
export type Unit = (typeof units)[number]

/** A sum of parts, each added (1) or subtracted (-1). */
export type Terms = Readonly<Record<string, 1 | -1>>

/** A figure is null while this does not hold. */
export interface Condition {
  part: string
  holds: 'at_most_one' | 'not_zero'
  reason: string
}

export interface Metric {
  key: string
  title: Title
  unit: Unit
  /** In the words of the definitions, with the keys of other metrics. */
  formula: string
  numerator: Terms
  /** Absent: the numerator is the figure. */
  denominator?: Terms
  factor?: number
  /** The figure where the denominator is zero; absent: null. */
  atZero?: number
  /** Why the figure is null where its denominator is zero. */
  nullReason?: string
  condition?: Condition
  /** Groupings that the tables would allow and that mean nothing. */
  refuses?: Readonly<Record<string, string>>
}
