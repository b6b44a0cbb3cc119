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

/**
 * Whose a touch is: what names its person best, else the order that its vendor ties it to, else nobody
 * but itself. A browser comes before e-mail and phone here, since touches are what browsers do.
 */
export function touchAlias(columns: readonly string[]): string {
  const known: AliasType[] = ['customer', 'client', 'email', 'phone']
  const cases = known.map(
    (type) => `${aliasColumn[type]} != '', ${aliasKey[type](aliasColumn[type])}`
  )
  if (columns.includes('order_id')) cases.push(`order_id != '', ${documentKey.order('order_id')}`)
  return `multiIf(${cases.join(', ')}, ${documentKey.fact('fact_id')})`
}
