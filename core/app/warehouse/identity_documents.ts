import { documentKey, identifiers, nameKey } from './alias_keys.ts'
import { rank } from './order_documents.ts'
import { holds, wrote } from './known_logs.ts'
import type { RefreshSettings } from './refresh.ts'
import { currentFacts, inVersion } from './versions.ts'

/** Of `identity_documents` and `identity_work`, after the project, the key and the commit. */
export const documentColumns = `is_deleted, document_type, document_id, integration_id, event_time,
  alias_keys, alias_types, alias_values, is_owned, names_order, linked_key, found_by`

const work = 'project_id = {project_id:UInt64} AND commit_id = {commit_id:UInt64}'
const noKeys = 'emptyArrayUInt64()'
const unknownTime = `toDateTime64(0, 3, 'UTC')`

/** A document as one kind of row gives it. All are SQL over such a row. */
interface Kind {
  type: string
  key: string
  id: string
  time: string
  identifiers: string
  isOwned?: string
  /** Number of the order that it names. */
  namesOrder?: string
  linked?: string
  foundBy?: string
  /** Rows that say nothing of any person are no documents. */
  says: string
}

const document = (kind: Kind, facts: string, isDeleted = 'is_deleted') => `
  SELECT ${kind.key} AS document_key, ${isDeleted} OR NOT (${kind.says}) AS is_deleted, ${kind.type} AS document_type,
    toString(${kind.id}) AS document_id, integration_id, ${kind.time} AS event_time, ${kind.identifiers},
    ${kind.isOwned ?? 'false'} AS is_owned, ${kind.namesOrder ?? `''`} AS names_order, ${kind.linked ?? 'toUInt64(0)'} AS linked_key,
    ${kind.foundBy ?? noKeys} AS found_by
  FROM (${facts})`

/**
 * Orders and refunds that were recomputed. A refund that does not say whose it is, is of its order's
 * person; one that does may be somebody else's, who returned a present.
 */
const orders = document(
  {
    type: 'kind',
    key: 'fact_key',
    id: 'document_id',
    time: 'event_time',
    identifiers: identifiers(['customer', 'email', 'phone', 'client']),
    isOwned: 'true',
    linked: `if(kind = 'refund' AND empty(alias_keys) AND order_key IN (
      SELECT fact_key FROM order_work WHERE ${work} AND kind = 'order'), order_key, 0)`,
    foundBy: `[${nameKey('order', 'order_id')}]`,
    // An order counts even if it says nothing: others may name it.
    says: `kind = 'order' OR notEmpty(alias_keys) OR linked_key != 0`,
  },
  `SELECT * FROM order_work WHERE ${work}`,
  'false'
)

/** Deals or leads that the commit's rows are about, and those that others say are dirty. */
export const dirtyNames = (type: 'deal' | 'lead'): string => `
  SELECT ${type}_id AS document_id FROM ${type}_log WHERE ${work}
  UNION DISTINCT
  SELECT document_id FROM dirty_documents WHERE ${work} AND document_type = '${type}'`

/** Several integrations of a namespace may know it: of these, and within a list, the later one counts. */
const winning = (log: string, id: string, key: string, names: string) => `
  SELECT * FROM (${currentFacts(log, id, '*', `${inVersion} AND ${id} IN (${names})`)})
  ORDER BY ${key}, ${rank} DESC, integration_id DESC, toUInt64OrZero(record_key) DESC, fact_id
  LIMIT 1 BY ${key}`

const deals = document(
  {
    type: `'deal'`,
    key: documentKey.deal('deal_id'),
    id: 'deal_id',
    time: 'created_at',
    identifiers: identifiers(['contact', 'email', 'phone', 'client']),
    isOwned: 'true',
    namesOrder: 'order_id',
    foundBy: `arrayConcat([${nameKey('deal', 'deal_id')}], if(order_id = '', ${noKeys}, [${nameKey('order', 'order_id')}]))`,
    says: 'true',
  },
  winning('deal_log', 'deal_id', documentKey.deal('deal_id'), dirtyNames('deal'))
)

const leads = document(
  {
    type: `'lead'`,
    key: documentKey.lead('lead_id'),
    id: 'lead_id',
    time: 'created_at',
    identifiers: identifiers(['customer', 'email', 'phone', 'client']),
    isOwned: 'true',
    foundBy: `[${nameKey('lead', 'lead_id')}]`,
    says: 'notEmpty(alias_keys)',
  },
  winning('lead_log', 'lead_id', documentKey.lead('lead_id'), dirtyNames('lead'))
)

/** What the commit did to the facts of a log: a fact that moved is there and gone, and is there. */
const changed = (log: string) => `
  SELECT * FROM ${log} WHERE ${work}
  ORDER BY fact_id, is_deleted LIMIT 1 BY fact_id`

const visitor = identifiers(['customer', 'email', 'phone', 'client'])

/** A touch that names an order is one of the order's person, so it has one itself. */
const touchpoint: Kind = {
  type: `'touchpoint'`,
  key: documentKey.fact('fact_id'),
  id: 'touchpoint_id',
  time: 'occurred_at',
  identifiers: visitor,
  isOwned: `order_id != ''`,
  namesOrder: 'order_id',
  foundBy: `if(order_id = '', ${noKeys}, [${nameKey('order', 'order_id')}, ${nameKey('deal', 'order_id')}])`,
  says: `length(alias_keys) > 1 OR order_id != ''`,
}

const session: Kind = {
  type: `'session'`,
  key: documentKey.fact('fact_id'),
  id: 'session_id',
  time: 'started_at',
  identifiers: visitor,
  says: 'length(alias_keys) > 1',
}

const customer: Kind = {
  type: `'customer'`,
  key: documentKey.fact('fact_id'),
  id: 'customer_id',
  time: `ifNull(created_at, ${unknownTime})`,
  identifiers: visitor,
  says: 'length(alias_keys) > 1',
}

const event: Kind = {
  type: `'event'`,
  key: documentKey.event('fact_id'),
  id: 'event_id',
  time: 'occurred_at',
  identifiers: visitor,
  isOwned: 'true',
  says: 'notEmpty(alias_keys)',
}

const facts = [
  { log: 'touchpoint_log', grain: 'occurred_at', kind: touchpoint },
  { log: 'session_log', grain: 'started_at', kind: session },
  { log: 'customer_log', grain: 'customer_id', kind: customer },
  { log: 'custom_event_log', grain: 'occurred_at', kind: event },
] as const

/**
 * Documents that the commit's changes may have changed, as they stand now, into `identity_work`. In a
 * rebuild: all.
 *
 * @param hasOrders whether any orders were recomputed
 * @returns '' where there can be none
 */
export function changedDocuments(settings: RefreshSettings, hasOrders: boolean): string {
  const everything = settings.everything ?? false
  const ofFacts = facts
    .filter(({ log }) => (everything ? holds : wrote)(settings, log))
    .map(({ log, grain, kind }) =>
      document(kind, everything ? currentFacts(log, grain, '*', inVersion) : changed(log))
    )
  const all = [
    ...(hasOrders ? [orders] : []),
    ...(holds(settings, 'deal_log') ? [deals] : []),
    ...(holds(settings, 'lead_log') ? [leads] : []),
    ...ofFacts,
  ].map((select) => `SELECT document_key, ${documentColumns} FROM (${select})`)
  if (all.length === 0) return ''
  return `
    INSERT INTO identity_work (project_id, commit_id, document_key, ${documentColumns})
    SELECT {project_id:UInt64}, {commit_id:UInt64}, * FROM (${all.join('\nUNION ALL\n')})`
}
