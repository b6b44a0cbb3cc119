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

/** Identifiers of the person that documents name, by type. */
export const namedSql = `
SELECT type, toFloat64(count()) AS count, groupArray(toString(key)) AS keys FROM (
  SELECT DISTINCT key, type FROM (${documents})
  ARRAY JOIN alias_keys AS key, alias_types AS type
  WHERE key IN (${aliases})
)
GROUP BY type ORDER BY type`

/** One touch of each identifier of these: its time leads to the row of the log, by which it is sorted. */
export const firstTouchesSql = `
SELECT toString(min((event_time, touch_key)).2) AS key, toString(toUnixTimestamp64Milli(min(event_time))) AS time
FROM touch WHERE ${inSlices('touch')} AND alias_key IN {unnamed:Array(UInt64)}
GROUP BY alias_key`

const typeOfTouch = `multiIf(customer_id != '', 'customer', client_id != '', 'client',
    email_hash != '', 'email', phone_hash != '', 'phone', '')`

const typesIn = (log: string, time: string) => `
  SELECT DISTINCT ${documentKey.fact('fact_id')} AS key, ${typeOfTouch} AS type FROM ${log}
  WHERE ${inVersion} AND ${time} IN (
    SELECT fromUnixTimestamp64Milli(arrayJoin({times:Array(Int64)}), 'UTC')
  ) AND key IN {keys:Array(UInt64)}`

/** What these touches are known by. */
export const lonelyTypesSql = `
SELECT type, toFloat64(count()) AS count
FROM (${typesIn('touchpoint_log', 'occurred_at')} UNION ALL ${typesIn('session_log', 'started_at')})
WHERE type != '' GROUP BY type`
