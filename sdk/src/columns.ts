import { decimal, type Money } from './money.ts'
import { TSV_NULL, tsvArray, tsvQuoted, tsvText } from './tsv.ts'

/** ClickHouse types that occur on the wire. */
export type WireType =
  | 'String'
  | 'Date'
  | 'Nullable(Date)'
  | "DateTime64(3, 'UTC')"
  | "Nullable(DateTime64(3, 'UTC'))"
  | 'Decimal(38, 9)'
  | 'Nullable(Decimal(38, 9))'
  | 'Decimal(18, 8)'
  | 'UInt64'
  | 'UInt8'
  | 'Nullable(UInt8)'
  | 'Array(String)'
  | 'Array(Decimal(38, 9))'
  | 'Map(String, String)'

/** One column of a kind: its name and type, and how a row's value is written. */
export interface Column<R> {
  readonly name: string
  readonly type: WireType
  /** The row's value as TabSeparated text. */
  readonly text: (row: R) => string
}

type Maybe<T> = T | null | undefined
type Get<R, T> = (row: R) => Maybe<T>

/** Column builders for rows of one type; absent texts are '', absent amounts 0 unless nullable. */
export interface ColumnBuilders<R> {
  string(name: string, get: Get<R, string>): Column<R>
  strings(name: string, get: Get<R, readonly Maybe<string>[]>): Column<R>
  map(name: string, get: Get<R, Record<string, string>>): Column<R>
  time(name: string, get: (row: R) => string): Column<R>
  optionalTime(name: string, get: Get<R, string>): Column<R>
  date(name: string, get: (row: R) => string): Column<R>
  optionalDate(name: string, get: Get<R, string>): Column<R>
  decimal(name: string, get: Get<R, string | number>): Column<R>
  decimals(name: string, get: Get<R, readonly Maybe<string | number>[]>): Column<R>
  rate(name: string, get: (row: R) => string): Column<R>
  amount(name: string, get: Get<R, Money>): Column<R>
  optionalAmount(name: string, get: Get<R, Money>): Column<R>
  currency(get: (row: R) => Maybe<Money>[]): Column<R>
  count(name: string, get: Get<R, number>): Column<R>
  flag(name: string, get: Get<R, boolean>): Column<R>
  optionalFlag(name: string, get: Get<R, boolean>): Column<R>
}

function orNull<T>(value: Maybe<T>, text: (value: T) => string): string {
  return value === null || value === undefined ? TSV_NULL : text(value)
}

/**
 * Seconds and milliseconds since 1970 in UTC, ten digits and three.
 *
 * TRICKY: the padding matters. ClickHouse tells epochs from dates by the fifth character, so the
 * unpadded `1234.567` is read as a date and refused.
 */
export function epochText(instant: string): string {
  const milliseconds = Date.parse(instant)
  const digits = String(milliseconds).padStart(13, '0')
  return `${digits.slice(0, -3)}.${digits.slice(-3)}`
}

const flagText = (value: boolean): string => (value ? '1' : '0')
const codeOf = (amounts: Maybe<Money>[]): string =>
  amounts.find((amount) => amount != null)?.currency ?? ''

const builders: ColumnBuilders<unknown> = {
  string: (name, get) => ({ name, type: 'String', text: (row) => tsvText(get(row) ?? '') }),
  strings: (name, get) => ({
    name,
    type: 'Array(String)',
    text: (row) => tsvArray((get(row) ?? []).map((element) => tsvQuoted(element ?? ''))),
  }),
  map: (name, get) => ({ name, type: 'Map(String, String)', text: (row) => mapText(get(row)) }),
  time: (name, get) => ({ name, type: "DateTime64(3, 'UTC')", text: (row) => epochText(get(row)) }),
  optionalTime: (name, get) => ({
    name,
    type: "Nullable(DateTime64(3, 'UTC'))",
    text: (row) => orNull(get(row), epochText),
  }),
  date: (name, get) => ({ name, type: 'Date', text: (row) => get(row) }),
  optionalDate: (name, get) => ({
    name,
    type: 'Nullable(Date)',
    text: (row) => get(row) ?? TSV_NULL,
  }),
  decimal: (name, get) => ({
    name,
    type: 'Decimal(38, 9)',
    text: (row) => decimal(get(row) ?? '0'),
  }),
  decimals: (name, get) => ({
    name,
    type: 'Array(Decimal(38, 9))',
    text: (row) => tsvArray((get(row) ?? []).map((element) => decimal(element ?? '0'))),
  }),
  rate: (name, get) => ({ name, type: 'Decimal(18, 8)', text: (row) => get(row) }),
  amount: (name, get) => ({ name, type: 'Decimal(38, 9)', text: (row) => get(row)?.amount ?? '0' }),
  optionalAmount: (name, get) => ({
    name,
    type: 'Nullable(Decimal(38, 9))',
    text: (row) => get(row)?.amount ?? TSV_NULL,
  }),
  currency: (get) => ({ name: 'currency', type: 'String', text: (row) => codeOf(get(row)) }),
  count: (name, get) => ({ name, type: 'UInt64', text: (row) => String(get(row) ?? 0) }),
  flag: (name, get) => ({ name, type: 'UInt8', text: (row) => flagText(get(row) ?? false) }),
  optionalFlag: (name, get) => ({
    name,
    type: 'Nullable(UInt8)',
    text: (row) => orNull(get(row), flagText),
  }),
}

function mapText(entries: Maybe<Record<string, string>>): string {
  const pairs = Object.entries(entries ?? {})
  return `{${pairs.map(([key, value]) => `${tsvQuoted(key)}:${tsvQuoted(value)}`).join(',')}}`
}

/** Columns of one kind, in wire order. `R` types the getters; the builders hold no state. */
export const columnsFor = <R>(
  define: (c: ColumnBuilders<R>) => readonly Column<R>[]
): readonly Column<R>[] => define(builders as ColumnBuilders<R>)
