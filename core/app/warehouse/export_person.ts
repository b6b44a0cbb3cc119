import { clickhouse } from './client.ts'
import { VENDOR_KEY } from './diff.ts'
import { storedKinds } from './kinds.ts'
import {
  ownedFacts,
  personKeys,
  requestParams,
  unlogged,
  type PersonRequest,
} from './person_scope.ts'
import { rejectedOfPerson } from './rejected_people.ts'
import { inSlices } from './versions.ts'

const request = 'project_id = {project_id:UInt64} AND request_id = {request_id:UInt64}'

/** Every version of every fact, with when it was seen and where it came from. */
const facts = Object.entries(storedKinds).map(([name, { log, columns }]): [string, string] => [
  name,
  `SELECT integration_id, stream, run_id, record_key, commit_id, is_deleted, observed_at, vendor_updated_at,
      ${columns.map((column) => column.name).join(', ')}
    FROM ${log} WHERE project_id = {project_id:UInt64} AND fact_id IN (${ownedFacts(log)})
    ORDER BY fact_id, commit_id, is_deleted DESC`,
])

/** What an export holds, by name: rows of a table, or of several. */
const sections: readonly [string, string][] = [
  ...facts,
  [
    'vendor_records',
    `SELECT integration_id, stream, run_id, record_key, observed_at, payload FROM records
    WHERE project_id = {project_id:UInt64} AND (
      (integration_id, stream, ${VENDOR_KEY}) IN (
        SELECT integration_id, stream, record_key FROM person_records WHERE ${request} AND run_id = 0)
      OR (integration_id, stream, run_id, record_key) IN (
        SELECT integration_id, stream, run_id, record_key FROM person_records WHERE ${request} AND run_id != 0))
    ORDER BY integration_id, stream, run_id, record_key`,
  ],
  [
    'rejected_rows',
    `SELECT run_id, stream, line, field, message, raw FROM (${rejectedOfPerson}) ORDER BY run_id, line`,
  ],
  [
    'orders_in_reports',
    `SELECT * EXCEPT (project_id, generation) FROM order_facts
    WHERE ${inSlices('orders')} AND (fact_key IN (${personKeys}) OR order_key IN (${personKeys})) ORDER BY event_time, fact_key`,
  ],
  [
    'touches_in_reports',
    `SELECT * EXCEPT (project_id, generation) FROM touch
    WHERE ${inSlices('touch')} AND (alias_key IN (${personKeys}) OR touch_key IN (${personKeys})) ORDER BY event_time, touch_key`,
  ],
  [
    'conversions_in_reports',
    `SELECT * EXCEPT (project_id, generation) FROM journeys
    WHERE ${inSlices('journeys')} AND (person_key IN (${personKeys}) OR conversion_key IN (${personKeys}))
    ORDER BY event_time, conversion_key`,
  ],
]

async function* rowsOf(scope: PersonRequest, sql: string): AsyncGenerator<string> {
  const result = await clickhouse().query({
    query: sql,
    query_params: requestParams(scope),
    format: 'JSONEachRow',
    clickhouse_settings: unlogged,
  })
  for await (const part of result.stream()) for (const row of part) yield row.text
}

async function* list(rows: AsyncIterable<string>): AsyncGenerator<string> {
  let separator = '\n'
  for await (const row of rows) {
    yield `${separator}    ${row}`
    separator = ',\n'
  }
}

/**
 * Everything that is stored of a collected person, as members of a JSON object, row by row: it never is in
 * memory as a whole.
 */
export async function* personSections(scope: PersonRequest): AsyncGenerator<string> {
  let separator = ''
  for (const [name, sql] of sections) {
    yield `${separator}  ${JSON.stringify(name)}: [`
    yield* list(rowsOf(scope, sql))
    yield ']'
    separator = ',\n'
  }
}
