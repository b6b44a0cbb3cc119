import {
  documentKey,
  documentsNow,
  inSlices,
  inVersion,
  linksNow,
  personsNow,
} from '#warehouse/public'

/** Whose the asked number is now: persons that were merged into another one lead there. */
export const ownerSql = `SELECT toString(person_key) AS person FROM (${personsNow('alias_key = {asked:UInt64}')})`

const formerMembers = `SELECT alias_key FROM persons WHERE ${inVersion} AND person_key = {person:UInt64}`

/** Everything that the person is known by, their own number included. */
export const aliases = `
    SELECT alias_key FROM (${personsNow(`alias_key IN (${formerMembers})`)}) WHERE person_key = {person:UInt64}
    UNION DISTINCT
    SELECT {person:UInt64} AS alias_key`

const documents = documentsNow(
  `document_key IN (SELECT document_key FROM (${linksNow(`alias_key IN (${aliases})`)}) WHERE NOT is_lookup)`
)

/** How many identifiers of each type are theirs, as far as documents name them. */
const namedAliases = `
  SELECT DISTINCT key, type FROM (${documents})
  ARRAY JOIN alias_keys AS key, alias_types AS type
  WHERE key IN (${aliases})`

/** One touch of each identifier that no document names beside another one. */
const lonelyTouches = `
  SELECT alias_key, min((event_time, touch_key)) AS first, first.1 AS first_time, first.2 AS first_key
  FROM touch
  WHERE ${inSlices('touch')} AND alias_key IN (${aliases}) AND alias_key NOT IN (SELECT key FROM (${namedAliases}))
  GROUP BY alias_key`

const typeOfTouch = `multiIf(customer_id != '', 'customer', client_id != '', 'client',
    email_hash != '', 'email', phone_hash != '', 'phone', '')`

/** What their visits name them by. The time leads to the row of the log, by which it is sorted. */
const lonelyIn = (log: string, time: string) => `
  SELECT alias_key AS key, ${typeOfTouch} AS type
  FROM ${log} INNER JOIN (${lonelyTouches}) AS touches ON first_key = ${documentKey.fact('fact_id')}
  WHERE ${inVersion} AND ${time} IN (SELECT first_time FROM (${lonelyTouches}))`

/** How many identifiers of each type are known of the person. */
export const identifiersSql = `
SELECT type, toFloat64(uniqExact(key)) AS count FROM (
  ${namedAliases}
  UNION ALL ${lonelyIn('touchpoint_log', 'occurred_at')}
  UNION ALL ${lonelyIn('session_log', 'started_at')}
)
WHERE type != '' GROUP BY type ORDER BY type`
