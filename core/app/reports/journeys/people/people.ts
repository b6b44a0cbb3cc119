import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { decodeCursor, pageOf } from '#shared/http/pagination'
import type { ProjectContext } from '#shared/http/types'
import { publishedVersion, versionParams } from '#warehouse/public'
import { conversionsOfGoal } from '../converted_sql.ts'
import { reportGate } from '../../queries/report_gate.ts'
import { runStatement, type Row } from '../../queries/run_statement.ts'

/** Of a long way the end is shown. */
const SHOWN_STEPS = 20

const time = z.iso.datetime({ offset: true })

export const PersonSummary = z
  .object({
    person_id: z.string(),
    conversions: z.number().describe('Within the range'),
    revenue: z.number(),
    last_conversion_at: time,
    last_conversion_id: z.string(),
    touches: z.number().describe('In the 90 days before the last conversion'),
    path: z.array(z.string()).describe('Their channels, the last 20 of them'),
  })
  .meta({ id: 'PersonSummary' })
type PersonSummary = z.input<typeof PersonSummary>

/** The last person shown: their last conversion, then their number. */
const Position = z.strictObject({
  at: z.string().regex(/^-?\d{1,15}$/),
  person: z.string().regex(/^\d{1,20}$/),
})

export interface PeopleQuery {
  date_from: string
  date_to: string
  conversion: string
  limit: number
  cursor?: string | undefined
}

const further = `HAVING (last.1, person_key) < (fromUnixTimestamp64Milli({at:Int64}, 'UTC'), {person:UInt64})`

const peopleSql = (goesOn: boolean) => `
SELECT toString(person_key) AS person_id, toFloat64(count) AS conversions, toFloat64(amount) AS revenue,
  last.1 AS last_conversion_at, toString(toUnixTimestamp64Milli(last.1)) AS at, last.3 AS last_conversion_id,
  last.4 AS touches, last.5 AS path
FROM (
  SELECT person_key, count() AS count, sum(gross - discount - refunded) AS amount,
    argMax((event_time, conversion_key, conversion_id, toUInt32(length(touch_time)), arraySlice(touch_channel, -${SHOWN_STEPS})), (event_time, conversion_key)) AS last
  FROM journeys
  WHERE ${conversionsOfGoal} AND person_key != 0
  GROUP BY person_key
  ${goesOn ? further : ''}
  ORDER BY last.1 DESC, person_key DESC LIMIT {limit:UInt32}
)
ORDER BY last.1 DESC, person_key DESC`

function viewOf(row: Row): PersonSummary {
  const path: unknown = row.path
  return {
    person_id: String(row.person_id),
    conversions: Number(row.conversions),
    revenue: Number(row.revenue),
    last_conversion_at: String(row.last_conversion_at),
    last_conversion_id: String(row.last_conversion_id),
    touches: Number(row.touches),
    path: Array.isArray(path) ? path.map(String) : [],
  }
}

/** Persons who converted in the range, those with the newest conversions first. */
export async function listPeople(query: PeopleQuery, project: ProjectContext) {
  const { date_from: from, date_to: to, conversion, limit, cursor } = query
  const position = decodeCursor(Position, cursor)
  const version = await publishedVersion(String(project.id))
  const parameters = {
    ...versionParams(version),
    date_from: from,
    date_to: to,
    goal: conversion,
    limit: limit + 1,
    ...position,
  }
  const statement = { sql: peopleSql(position !== undefined), parameters }
  const found = await reportGate.run(version.projectId, () => runStatement(statement, randomUUID()))
  return pageOf(found, limit, viewOf, (row) => ({ at: row.at, person: row.person_id }))
}
