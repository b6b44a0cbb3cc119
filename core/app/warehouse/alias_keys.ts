import { namespace } from './order_documents.ts'

/** What identifies a person, the most personal first. */
export const aliasTypes = ['customer', 'contact', 'email', 'phone', 'client'] as const
export type AliasType = (typeof aliasTypes)[number]

/**
 * SQL expressions of the numbers that identifiers and documents are known by, over the values that
 * name them. Ids of customers, contacts and documents are a vendor's: they count within its namespace.
 */
export const aliasKey: Readonly<Record<AliasType, (value: string) => string>> = {
  customer: (id) => `cityHash64('customer', ${namespace}, ${id})`,
  contact: (id) => `cityHash64('contact', ${namespace}, ${id})`,
  email: (hash) => `cityHash64('email', ${hash})`,
  phone: (hash) => `cityHash64('phone', ${hash})`,
  client: (id) => `cityHash64('client', ${id})`,
}

/** The column that holds an identifier. */
export const aliasColumn: Readonly<Record<AliasType, string>> = {
  customer: 'customer_id',
  contact: 'contact_id',
  email: 'email_hash',
  phone: 'phone_hash',
  client: 'client_id',
}

export const documentKey = {
  order: (orderId: string) => `cityHash64(${namespace}, 'order', ${orderId})`,
  deal: (dealId: string) => `cityHash64('deal', ${namespace}, ${dealId})`,
  lead: (leadId: string) => `cityHash64('lead', ${namespace}, ${leadId})`,
  event: (factId: string) => `cityHash64('event', ${factId})`,
  /** A fact that stands for itself. 0 is nothing, so no fact may have it. */
  fact: (factId: string) => `greatest(toUInt64(${factId}), 1)`,
}

/** Finds documents by what a vendor calls them, whatever its namespace is by then. */
export const nameKey = (type: 'order' | 'deal' | 'lead', id: string): string =>
  `cityHash64('name', '${type}', ${id})`

const valueOf = (type: AliasType) => `toString(${aliasColumn[type]})`

/** The identifiers of a row, as the three arrays of `identity_documents`; '' is none. */
export function identifiers(types: readonly AliasType[]): string {
  const values = `[${types.map(valueOf).join(', ')}]`
  const keys = `[${types.map((type) => aliasKey[type](aliasColumn[type])).join(', ')}]`
  const names = `[${types.map((type) => `'${type}'`).join(', ')}]`
  return `arrayFilter((known, value) -> value != '', ${keys}, ${values}) AS alias_keys,
    arrayFilter((known, value) -> value != '', ${names}, ${values}) AS alias_types,
    arrayFilter(value -> value != '', ${values}) AS alias_values`
}

/**
 * What names the person of a touch best. A browser comes before e-mail and phone here, since touches
 * are what browsers do. A touch without any stands for itself; `persons` knows the order that it names.
 */
export const touchAlias = `multiIf(${(['customer', 'client', 'email', 'phone'] as const)
  .map((type) => `${aliasColumn[type]} != '', ${aliasKey[type](aliasColumn[type])}`)
  .join(', ')}, ${documentKey.fact('fact_id')})`
