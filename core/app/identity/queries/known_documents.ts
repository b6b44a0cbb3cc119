import {
  documentsNow,
  linksNow,
  personsNow,
  rows,
  versionParams,
  type Params,
  type Version,
} from '#warehouse/public'
import type { LinkedDocument } from '../joins.ts'

/** A document with all that people may want to read of it. */
export interface KnownDocument extends LinkedDocument {
  type: string
  id: string
  integrationId: string
  commitId: string
  types: readonly string[]
  values: readonly string[]
}

interface DocumentRow {
  document_key: string
  document_type: string
  document_id: string
  integration_id: string
  commit_id: string
  time: string
  alias_keys: string[]
  alias_types: string[]
  alias_values: string[]
  is_owned: boolean
  linked_key: string
}

const columns = `document_key, document_type, document_id, integration_id, commit_id,
  toUnixTimestamp64Milli(event_time) AS time, alias_keys, alias_types, alias_values, is_owned, linked_key`

const documentOf = (row: DocumentRow): KnownDocument => ({
  key: BigInt(row.document_key),
  time: Number(row.time),
  aliases: row.alias_keys.map(BigInt),
  isOwned: row.is_owned,
  linked: BigInt(row.linked_key),
  isTouch: row.document_type === 'touchpoint',
  type: row.document_type,
  id: row.document_id,
  integrationId: String(row.integration_id),
  commitId: String(row.commit_id),
  types: row.alias_types,
  values: row.alias_values,
})

const among = (keys: string) => `
  SELECT ${columns} FROM (${documentsNow(`document_key IN (${keys})`)})
  ORDER BY event_time, document_key
  LIMIT {limit:UInt32}`

/** Documents that are one of these keys, or name one of them. */
const speakingOf = (keys: string) => `
  ${keys} UNION DISTINCT
  SELECT document_key FROM (${linksNow(`alias_key IN (${keys})`)}) WHERE NOT is_lookup`

const given = 'SELECT arrayJoin({keys:Array(UInt64)})'

/** One that speaks of each key. */
const oneOfEach = `
  ${given} UNION DISTINCT
  SELECT document_key FROM (
    SELECT alias_key, document_key FROM (${linksNow(`alias_key IN (${given})`)}) WHERE NOT is_lookup
    ORDER BY alias_key, document_key LIMIT 1 BY alias_key
  )`

const holders = `
  SELECT alias_key FROM persons
  WHERE project_id = {project_id:UInt64} AND person_key = {person:UInt64}`
const members = `
  SELECT alias_key FROM (${personsNow(`alias_key IN (${holders})`)}) WHERE person_key = {person:UInt64}
  UNION DISTINCT SELECT {person:UInt64}`

async function read(version: Version, keys: string, params: Params): Promise<KnownDocument[]> {
  const found = await rows<DocumentRow>(among(keys), { ...versionParams(version), ...params })
  return found.map(documentOf)
}

/** Documents that speak of these identifiers or documents; the earliest ones, up to the limit. */
export const documentsOf = (version: Version, keys: readonly bigint[], limit: number) =>
  read(version, speakingOf(given), { keys, limit })

/** Documents that tell what these keys stand for. */
export const documentsNaming = (version: Version, keys: readonly bigint[]) =>
  read(version, oneOfEach, { keys, limit: 2 * keys.length })

/** Documents of a person; the earliest ones, up to the limit. */
export const documentsOfPerson = (version: Version, person: bigint, limit: number) =>
  read(version, speakingOf(members), { person, limit })

interface PersonRow {
  alias_key: string
  person_key: string
  is_blocked: boolean
}

/** Rows of `persons` of these keys; who has none is their own person. */
export async function personsOf(
  version: Version,
  keys: readonly bigint[]
): Promise<Map<bigint, { person: bigint; isBlocked: boolean }>> {
  const found = await rows<PersonRow>(
    `SELECT alias_key, person_key, is_blocked FROM (${personsNow('alias_key IN {keys:Array(UInt64)}')})`,
    { ...versionParams(version), keys }
  )
  return new Map(
    found.map(({ alias_key: key, person_key: person, is_blocked: isBlocked }) => [
      BigInt(key),
      { person: BigInt(person), isBlocked },
    ])
  )
}
