import { documentKey } from './alias_keys.ts'
import { VENDOR_KEY } from './diff.ts'
import { nameHash, payloadOf, pseudonymOf, TOKEN } from './erased_columns.ts'
import { lineId, ownLines } from './erased_facts.ts'
import { storedKinds } from './kinds.ts'
import { ownedFacts, personKeys } from './person_scope.ts'
import { inSlices } from './versions.ts'

/**
 * What happened at one moment is put in order by the numbers of the facts, which are others once the
 * person is erased: the first of two orders of a day, the last of its two visits. Their pseudonyms are
 * chosen so that the order stays.
 *
 * Of k facts the number of the i-th has to fall into the i-th of k equal parts of all numbers; trying out
 * a few pseudonyms finds one.
 */
const TRIES = 64

const attempt = 'toString(try)'

/** Rows of `candidates` (value, old_key, moment and what `newKey` needs) that happened at one moment, with their pseudonyms. */
const chosen = (candidates: string, newKey: (pseudonym: string) => string) => `
  SELECT ${nameHash('value')} AS hash, ${pseudonymOf('value', 'chosen')} AS replacement
  FROM (
    SELECT *, toString(arrayFirst(
      try -> intDiv(${newKey(pseudonymOf('value', attempt))}, part) = place, range(${TRIES} * size))) AS chosen
    FROM (
      SELECT *, intDiv(18446744073709551615, size) + 1 AS part,
        row_number() OVER (PARTITION BY moment ORDER BY old_key) - 1 AS place
      FROM (SELECT *, count() OVER (PARTITION BY moment) AS size FROM (${candidates}))
      WHERE size > 1
    )
  )
  WHERE chosen != '0'`

const orders = `
  SELECT order_id AS value, fact_key AS old_key, event_time AS moment, integration_id, {token:String} AS ${TOKEN}
  FROM order_facts
  WHERE ${inSlices('orders')} AND kind = 'order' AND fact_key IN (${personKeys})`

const visits = [
  { kind: storedKinds.touchpoint, time: 'occurred_at' },
  { kind: storedKinds.session, time: 'started_at' },
]

const touchKey = documentKey.fact('fact_id')

const lines = visits.map(({ kind, time }) =>
  chosen(
    `SELECT *, payload AS value, ${touchKey} AS old_key, ${time} AS moment FROM (${ownLines(kind)})
      ORDER BY fact_id, commit_id DESC LIMIT 1 BY fact_id`,
    (pseudonym) => documentKey.fact(lineId(kind, payloadOf(pseudonym)))
  )
)

const keyed = visits.map(({ kind: { log }, time }) =>
  chosen(
    `SELECT fact_id, integration_id, stream, record_key, ${VENDOR_KEY} AS value, ${touchKey} AS old_key, ${time} AS moment,
        {token:String} AS ${TOKEN}
      FROM ${log} WHERE project_id = {project_id:UInt64} AND NOT is_deleted AND fact_id IN (${ownedFacts(log)})
        AND fact_id = xxh3_128(integration_id, stream, record_key)
      ORDER BY fact_id, commit_id DESC LIMIT 1 BY fact_id`,
    (pseudonym) =>
      documentKey.fact(
        `xxh3_128(integration_id, stream, concat(${pseudonym}, substring(record_key, length(value) + 1)))`
      )
  )
)

/** Entries of the list of suppressions for pseudonyms that had to be chosen; the last one counts. */
export const keptOrder: readonly string[] = [
  ...lines,
  ...keyed,
  chosen(orders, (pseudonym) => documentKey.order(pseudonym)),
]
