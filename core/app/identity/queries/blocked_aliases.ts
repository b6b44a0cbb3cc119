import {
  documentsNow,
  linksNow,
  personsNow,
  rows,
  versionParams,
  type Version,
} from '#warehouse/public'

/** An identifier that joins nobody, because it is tied to too many others. */
export interface BlockedAlias {
  key: string
  links: string
  documents: string
}

const blocked = `
  SELECT alias_key AS key FROM (${personsNow('alias_key IN (SELECT alias_key FROM persons WHERE project_id = {project_id:UInt64} AND is_blocked)')})
  WHERE is_blocked AND alias_key > {after:UInt64}
  ORDER BY key LIMIT {limit:UInt32}`

const counted = `
  SELECT key, uniqExactArray(alias_keys) - 1 AS links, count() AS documents
  FROM (
    SELECT arrayJoin(alias_keys) AS key, alias_keys
    FROM (${documentsNow(`document_key IN (
      SELECT document_key FROM (${linksNow(`alias_key IN (SELECT key FROM (${blocked}))`)}) WHERE NOT is_lookup
    )`)})
  )
  WHERE key IN (SELECT key FROM (${blocked}))
  GROUP BY key ORDER BY key`

/** Blocked identifiers in the order of their keys, after one of them. */
export function blockedAliases(
  version: Version,
  after: string,
  limit: number
): Promise<BlockedAlias[]> {
  return rows<BlockedAlias>(counted, { ...versionParams(version), after, limit })
}
