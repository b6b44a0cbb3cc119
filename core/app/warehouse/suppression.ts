import { wire, type Kind, type WireColumn } from '@analyticaflow/sdk'
import { rows, type Params } from './client.ts'
import { VENDOR_KEY } from './diff.ts'
import { erased, erasedKey, erasedPayload, keyedHash, listed, TOKEN } from './erased_columns.ts'
import { hashedEmail, hashedPhone } from './kinds.ts'
import { namespace } from './order_documents.ts'

/** Where rows come from, as SQL: what a vendor's ids count within. */
export interface Place {
  namespace: string
  integration: string
  stream: string
}

/** Of rows of a log. */
export const loggedPlace: Place = {
  namespace,
  integration: 'toString(integration_id)',
  stream: 'toString(stream)',
}

const stagedPlace: Place = {
  namespace: '{namespace:String}',
  integration: 'toString({integration_id:UInt64})',
  stream: '{stream:String}',
}

type Entry = (value: string, place: Place) => string

/** An entry of the list for a value of each column that may tell whose a row is, the best one first. */
export const entryOf: Readonly<Record<string, Entry>> = {
  customer_id: (id, place) => keyedHash(`'customer'`, place.namespace, id),
  contact_id: (id, place) => keyedHash(`'contact'`, place.namespace, id),
  email_hash: (hash) => keyedHash(`'email'`, hash),
  phone_hash: (hash) => keyedHash(`'phone'`, hash),
  email: (email) => keyedHash(`'email'`, hashedEmail(email)),
  phone: (phone) => keyedHash(`'phone'`, hashedPhone(phone)),
  client_id: (id) => keyedHash(`'client'`, id),
  order_id: (id, place) => keyedHash(`'order'`, place.namespace, id),
  refund_of: (id, place) => keyedHash(`'order'`, place.namespace, id),
  refund_id: (id, place) => keyedHash(`'refund'`, place.namespace, id),
  deal_id: (id, place) => keyedHash(`'deal'`, place.namespace, id),
  lead_id: (id, place) => keyedHash(`'lead'`, place.namespace, id),
}

/** The entry of a vendor's record. */
export const recordEntry = (key: string, { integration, stream }: Place): string =>
  keyedHash(`'record'`, integration, stream, key)

/** The token of the erasure that a staged row falls under; '' for almost all. */
function tokenOf(columns: readonly string[], isKeyed: boolean): string {
  const tokens = Object.entries(entryOf)
    .filter(([column]) => columns.includes(column))
    .map(([column, entry]) => `if(${column} = '', '', ${listed(entry(column, stagedPlace), `''`)})`)
  if (isKeyed) tokens.push(listed(recordEntry(VENDOR_KEY, stagedPlace), `''`))
  return tokens.length === 0 ? `''` : `arrayFirst(token -> token != '', [${tokens.join(', ')}])`
}

/** What the list needs to know of rows on their way into staging. */
export interface Suppression {
  projectId: string
  integrationId: string
  namespace: string
  salt: string
  /** Records are known by the vendor's keys, which name people as well. */
  isKeyed: boolean
}

export function suppressionParams(suppression: Suppression): Params {
  return {
    project_id: suppression.projectId,
    integration_id: suppression.integrationId,
    namespace: suppression.namespace,
    namespaces_once: [suppression.namespace],
    salt: suppression.salt,
  }
}

function erasedStaged({ name }: WireColumn, isKeyed: boolean): string {
  if (name === 'payload') return erasedPayload(name)
  if (name === 'record_key') return isKeyed ? erasedKey(VENDOR_KEY, name) : name
  return erased(name, name)
}

/** Staged rows with the token beside them. */
export const withToken = (rows: string, present: readonly string[], isKeyed: boolean): string =>
  `SELECT *, ${tokenOf(present, isKeyed)} AS ${TOKEN} FROM ${rows}`

/** The columns, in which rows of erased people say nothing of them any more. */
export function suppressedColumns(
  kind: Kind,
  present: readonly string[],
  isKeyed: boolean
): string {
  return wire[kind].columns
    .filter(({ name }) => present.includes(name))
    .map((column) => {
      const instead = erasedStaged(column, isKeyed)
      return instead === column.name ? column.name : `if(${TOKEN} = '', ${column.name}, ${instead})`
    })
    .join(', ')
}

const suppressedKeys = `
  SELECT if(${TOKEN} = '', record_key, ${erasedKey(VENDOR_KEY, 'record_key')}) AS key
  FROM (SELECT arrayJoin({keys:Array(String)}) AS record_key, ${listed(recordEntry(VENDOR_KEY, stagedPlace), `''`)} AS ${TOKEN})`

/** Keys of vanished records among the staged ones, with what is to be there instead. */
export const stagedDeletions = (where: string): string => `
  SELECT *, ${erasedKey(VENDOR_KEY, 'record_key')} AS new_key FROM (
    SELECT *, ${listed(recordEntry(VENDOR_KEY, stagedPlace), `''`)} AS ${TOKEN} FROM stage_deleted WHERE ${where}
  ) WHERE ${TOKEN} != ''`

/** Keys of records that a vendor names, as they are known here. */
export async function suppressKeys(
  stream: string,
  keys: readonly string[],
  suppression: Suppression | undefined
): Promise<readonly string[]> {
  if (!suppression?.isKeyed || keys.length === 0) return keys
  const params = { ...suppressionParams(suppression), stream, keys }
  return (await rows<{ key: string }>(suppressedKeys, params)).map(({ key }) => key)
}
