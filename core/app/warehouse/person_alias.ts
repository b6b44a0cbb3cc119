import { aliasKey, documentKey } from './alias_keys.ts'
import { rows } from './client.ts'
import { documentsNow, personsNow } from './identity_versions.ts'
import { hashedEmail, hashedPhone } from './kinds.ts'
import { personalKinds } from './person_conditions.ts'
import { requestParams, type PersonRequest } from './person_scope.ts'
import { entryOf, loggedPlace } from './suppression.ts'
import { inSlices } from './versions.ts'

/** By what people may be asked for. Ids of customers, contacts, orders and deals count within their vendor. */
export const personAliases = [
  ...(['email', 'phone', 'client', 'customer', 'contact', 'order', 'deal', 'person'] as const),
] as const
export type PersonAlias = (typeof personAliases)[number]

interface Naming {
  key: string
  column?: string
  isVendors?: true
}

const namings: Readonly<Record<PersonAlias, Naming>> = {
  email: { key: aliasKey.email(hashedEmail('value')), column: 'email' },
  phone: { key: aliasKey.phone(hashedPhone('value')), column: 'phone' },
  client: { key: aliasKey.client('value'), column: 'client_id' },
  customer: { key: aliasKey.customer('value'), column: 'customer_id', isVendors: true },
  contact: { key: aliasKey.contact('value'), column: 'contact_id', isVendors: true },
  order: { key: documentKey.order('value'), column: 'order_id', isVendors: true },
  deal: { key: documentKey.deal('value'), column: 'deal_id', isVendors: true },
  person: { key: 'toUInt64OrZero(value)' },
}

/** What somebody asked for, as it is known here. */
export interface FoundAlias {
  /** Its number; the identifier itself is kept nowhere. */
  key: string
  /** As it is listed once the person is erased; '' is not. */
  hash: string
  personKey: string
  /** Tied to so many others that it says nothing of anybody, such as the address of an office. */
  isShared: boolean
  isKnown: boolean
  integrationIds: string[]
}

export interface AskedAlias {
  type: PersonAlias
  value: string
  /** Of a vendor's id: whose it is. */
  integrationId?: string
}

/** Facts by the keys that they name. */
const named = personalKinds
  .map(
    ({ kind, aliases, documents }) => `
    SELECT integration_id, arrayJoin(arrayConcat(${aliases}, ${documents})) AS key FROM ${kind.log}
    WHERE project_id = {project_id:UInt64}`
  )
  .join('\nUNION ALL\n')

function placesOf({ settings }: PersonRequest, { integrationId, type }: AskedAlias): string[] {
  if (!namings[type].isVendors) return ['0']
  const own = settings.sources.filter((source) => source.integrationId === integrationId)
  const places = integrationId === undefined ? settings.sources : own
  const once = new Map(places.map((source) => [source.namespace, source.integrationId]))
  return [...once.values()]
}

const question = (naming: Naming) => `
  SELECT asked.key AS key, any(hash) AS hash, if(any(owner) = 0, key, any(owner)) AS personKey,
    CAST(any(blocked), 'Bool') AS isShared, length(groupUniqArrayIf(facts.integration_id, facts.key != 0) AS ids) > 0 OR any(owner) != 0 AS isKnown,
    arrayMap(id -> toString(id), ids) AS integrationIds
  FROM (
    SELECT ${naming.key} AS key, ${naming.column ? (entryOf[naming.column]?.('value', loggedPlace) ?? `''`) : `''`} AS hash
    FROM (SELECT {value:String} AS value, arrayJoin({places:Array(UInt64)}) AS integration_id)
  ) AS asked
  LEFT JOIN (
    SELECT alias_key, person_key AS owner, is_blocked AS blocked FROM (${personsNow()})
    UNION ALL
    SELECT DISTINCT person_key AS alias_key, person_key AS owner, false AS blocked FROM (${personsNow()}) WHERE NOT is_blocked
  ) AS persons ON persons.alias_key = asked.key
  LEFT JOIN (SELECT DISTINCT key, integration_id FROM (${named})) AS facts ON facts.key = asked.key
  GROUP BY asked.key`

/**
 * What an identifier means. A vendor's id without the integration that it is of may mean somebody in each
 * of them.
 */
export async function findAlias(scope: PersonRequest, asked: AskedAlias): Promise<FoundAlias[]> {
  const places = placesOf(scope, asked)
  if (places.length === 0) return []
  return rows<FoundAlias>(question(namings[asked.type]), {
    ...requestParams(scope),
    value: asked.value,
    places: places.map(BigInt),
  })
}

/** What is known of a person, in numbers. */
export interface PersonSummary {
  identifiers: { type: string; value: string; isShared: boolean }[]
  documents: Record<string, number>
  touches: number
}

const members = `
  SELECT arrayJoin([{key:UInt64}, {person_key:UInt64}]) AS alias_key
  UNION DISTINCT SELECT alias_key FROM (${personsNow()}) WHERE NOT is_blocked AND person_key = {person_key:UInt64}`

const theirs = documentsNow(
  `document_key IN (
    SELECT document_key FROM identity_documents
    WHERE project_id = {project_id:UInt64} AND (document_key IN (${members}) OR arrayExists(key -> key IN (${members}), alias_keys)))`
)

const summary = {
  identifiers: `
    SELECT alias.2 AS type, if(type IN ('email', 'phone'), '', alias.3) AS value,
      CAST(max(alias.1 IN (SELECT alias_key FROM (${personsNow()}) WHERE is_blocked)), 'Bool') AS isShared
    FROM (SELECT arrayJoin(arrayZip(alias_keys, alias_types, alias_values)) AS alias FROM (${theirs}))
    GROUP BY type, value, alias.1 ORDER BY type, value LIMIT 1000`,
  documents: `SELECT document_type AS type, count() AS n FROM (${theirs}) GROUP BY type ORDER BY type`,
  touches: `SELECT count() AS n FROM touch WHERE ${inSlices('touch')} AND alias_key IN (${members})`,
}

export async function summarisePerson(
  scope: PersonRequest,
  { key, personKey, isShared }: Pick<FoundAlias, 'key' | 'personKey' | 'isShared'>
): Promise<PersonSummary> {
  const params = { ...requestParams(scope), key, person_key: personKey }
  const documents = await rows<{ type: string; n: string }>(summary.documents, params)
  const [touches] = await rows<{ n: string }>(summary.touches, params)
  return {
    // Those of many people are nothing to show.
    identifiers: isShared
      ? []
      : await rows<PersonSummary['identifiers'][number]>(summary.identifiers, params),
    documents: Object.fromEntries(documents.map(({ type, n }) => [type, Number(n)])),
    touches: Number(touches?.n ?? 0),
  }
}
