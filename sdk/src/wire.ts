import { adColumns, adGroupColumns, adSpendDailyColumns, campaignColumns } from './canonical/ads.ts'
import { exchangeRateColumns, productColumns } from './canonical/catalog.ts'
import { customerColumns, dealColumns, dealStageColumns, leadColumns } from './canonical/crm.ts'
import type { Canonical, Kind } from './canonical/index.ts'
import { orderColumns } from './canonical/order.ts'
import { orderLineColumns } from './canonical/order_line.ts'
import { refundColumns } from './canonical/refund.ts'
import {
  callColumns,
  customEventColumns,
  sessionColumns,
  touchpointColumns,
} from './canonical/visits.ts'
import type { Column, WireType } from './columns.ts'
import { tsvText } from './tsv.ts'

/** Name and ClickHouse type of one column on the wire. */
export interface WireColumn {
  readonly name: string
  readonly type: WireType
}

/** How rows of one kind travel: the columns of a line, in order, starting with those of the record. */
export interface WireKind {
  readonly columns: readonly WireColumn[]
}

type Writers = { readonly [K in Kind]: readonly Column<Canonical[K]>[] }

const writers: Writers = {
  order: orderColumns,
  order_line: orderLineColumns,
  refund: refundColumns,
  customer: customerColumns,
  product: productColumns,
  ad_spend_daily: adSpendDailyColumns,
  campaign: campaignColumns,
  ad_group: adGroupColumns,
  ad: adColumns,
  touchpoint: touchpointColumns,
  session: sessionColumns,
  lead: leadColumns,
  deal: dealColumns,
  deal_stage: dealStageColumns,
  call: callColumns,
  custom_event: customEventColumns,
  exchange_rate: exchangeRateColumns,
}

/** What every line starts with: the record's key in its stream, the vendor's row as JSON. */
export const recordColumns: readonly WireColumn[] = [
  { name: 'record_key', type: 'String' },
  { name: 'payload', type: 'String' },
]

const wireKind = (columns: readonly WireColumn[]): WireKind => ({
  columns: [...recordColumns, ...columns.map(({ name, type }) => ({ name, type }))],
})

/**
 * The wire format as data: a line is ClickHouse TabSeparated with these columns. Times are seconds
 * since 1970 in UTC with three decimals, absent texts are '', absent amounts `0`, or `\N` where the
 * type is nullable; all amounts of a line are in its `currency` column.
 */
export const wire = Object.fromEntries(
  Object.entries(writers).map(([kind, columns]) => [kind, wireKind(columns)])
) as Readonly<Record<Kind, WireKind>>

/** What a line says about the vendor's record besides its columns. */
export interface RecordRef {
  /** Key of the record in its stream, see {@link recordKey}. */
  key: string
  /** The vendor's row as JSON text, kept for lineage and replay. */
  payload: string
}

/**
 * One line of the wire, line feed included. The row must have passed `canonical[kind]`; rows of one
 * record share its key, so whoever needs them apart puts columns of its own before the line.
 */
export function encode<K extends Kind>(kind: K, row: Canonical[K], record: RecordRef): string {
  let line = `${tsvText(record.key)}\t${tsvText(record.payload)}`
  for (const column of writers[kind]) line += `\t${column.text(row)}`
  return `${line}\n`
}

/** The key of a record: its one key value as it is, several as a JSON array. */
export function recordKey(values: readonly (string | number | boolean)[]): string {
  return values.length === 1 ? String(values[0]) : JSON.stringify(values.map(String))
}
