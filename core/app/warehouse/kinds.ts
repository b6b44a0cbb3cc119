import { wire, type Kind, type WireColumn } from '@analyticaflow/sdk'

/** A column of a log. */
export interface StoredColumn {
  name: string
  /** The expression over a staged row that gives it. */
  from: string
  isNullable: boolean
}

/** How one canonical kind is stored: its staging table, its log, and what a log row is made of. */
export interface StoredKind {
  stage: string
  log: string
  /** The column after project_id in the log's order: where a fact's versions are looked up. */
  grain: string
  /** Columns of the log, each with the expression over a staged row that gives it. */
  columns: readonly StoredColumn[]
  /** The vendor's own time of the version, where the kind has one. */
  updatedAt?: string
}

/** Kinds that the warehouse stores. */
export type StoredKindName =
  | 'order_line'
  | 'order'
  | 'refund'
  | 'ad_spend_daily'
  | 'touchpoint'
  | 'session'
  | 'customer'
  | 'product'
  | 'deal'
  | 'lead'
  | 'custom_event'
  | 'campaign'
  | 'ad_group'
  | 'ad'

/** Salted, so that hashes of two projects cannot be compared; empty stays empty. */
const hashed = (normalised: string) =>
  `if(${normalised} = '', '', substring(lower(hex(SHA256(concat({salt:String}, ${normalised})))), 1, 32))`

/** SQL of the hash that facts keep of an e-mail address. */
export const hashedEmail = (email: string): string => hashed(`lower(trim(${email}))`)

/** An international number may begin with 00 instead of +. */
const international = (phone: string) =>
  `replaceRegexpOne(replaceRegexpAll(${phone}, '[^0-9]', ''), '^00', '')`

/**
 * SQL of the hash that facts keep of a phone number: of its digits as E.164 has them, as far as these
 * are known. Within Russia and Kazakhstan people write 8 for 7, which begins no number of another country.
 */
export const hashedPhone = (phone: string): string =>
  hashed(`replaceRegexpOne(${international(phone)}, '^8([79][0-9]{9})$', '7\\\\1')`)

/** Most rows say neither: patterns are tried on those only that do. */
const personal: Record<string, { name: string; from: string }> = {
  email: { name: 'email_hash', from: `if(email = '', '', ${hashedEmail('email')})` },
  phone: { name: 'phone_hash', from: `if(phone = '', '', ${hashedPhone('phone')})` },
}

const notStored = new Set(['record_key', 'payload', 'line_number', 'updated_at'])

function columnsOf(kind: Kind): StoredColumn[] {
  return wire[kind].columns
    .filter(({ name }) => !notStored.has(name))
    .map(({ name, type }) => ({
      ...(personal[name] ?? { name, from: name }),
      isNullable: type.startsWith('Nullable'),
    }))
}

const stored = (kind: Kind, grain: string, updatedAt?: string): StoredKind => ({
  stage: `stage_${kind}`,
  log: `${kind}_log`,
  grain,
  columns: columnsOf(kind),
  ...(updatedAt && { updatedAt }),
})

export const storedKinds: Readonly<Record<StoredKindName, StoredKind>> = {
  order_line: stored('order_line', 'order_id'),
  order: stored('order', 'order_id', 'updated_at'),
  refund: stored('refund', 'order_id'),
  ad_spend_daily: stored('ad_spend_daily', 'date'),
  touchpoint: stored('touchpoint', 'occurred_at'),
  session: stored('session', 'started_at'),
  customer: stored('customer', 'customer_id', 'updated_at'),
  product: stored('product', 'product_id', 'updated_at'),
  deal: stored('deal', 'deal_id', 'updated_at'),
  lead: stored('lead', 'lead_id', 'updated_at'),
  custom_event: stored('custom_event', 'occurred_at'),
  campaign: stored('campaign', 'campaign_id', 'updated_at'),
  ad_group: stored('ad_group', 'ad_group_id', 'updated_at'),
  ad: stored('ad', 'ad_id', 'updated_at'),
}

/** Whether rows of a kind have a place in the warehouse. */
export function isStored(kind: string): kind is StoredKindName {
  return Object.hasOwn(storedKinds, kind)
}

/**
 * Columns of a wire line as ClickHouse writes a structure, for `input()`. Texts of few values are read
 * as plain ones: making a dictionary of a whole column afterwards takes a third of the time.
 */
export function structureOf(columns: readonly WireColumn[]): string {
  return columns
    .map(({ name, type }) => `${name} ${type.replace(/^LowCardinality\((.*)\)$/, '$1')}`)
    .join(', ')
}
