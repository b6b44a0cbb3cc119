import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { decodeCursor, pageOf } from '#shared/http/pagination'
import { Problem } from '#shared/http/problem'
import type { ProjectContext } from '#shared/http/types'
import { publishedVersion, versionParams } from '#warehouse/public'
import { reportGate } from '../../queries/report_gate.ts'
import { runStatement, type Row } from '../../queries/run_statement.ts'
import { eventsSql, summarySql } from './events_sql.ts'
import { readIdentifiers } from './identifiers.ts'
import { ownerSql } from './person_sql.ts'
import {
  eventKinds,
  states,
  type Person,
  type PersonEvent,
  type PersonTimeline,
} from './schemas.ts'

/** A place in a time line. */
const Position = z.strictObject({
  at: z.string().regex(/^-?\d{1,15}$/),
  place: z.int().min(0).max(9),
  key: z.string().regex(/^\d{1,20}$/),
})

export interface TimelineQuery {
  limit: number
  cursor?: string | undefined
  order: 'asc' | 'desc'
}

const LARGEST_KEY = 2n ** 64n - 1n

/** The number of a person, or a 404: no other text is one. */
export function personKey(id: string): string {
  if (!/^\d{1,20}$/.test(id) || BigInt(id) > LARGEST_KEY || BigInt(id) === 0n) {
    throw new Problem('not_found', { detail: 'There is no such person' })
  }
  return id
}

const orNull = (row: Row, column: string) => String(row[column] ?? '') || null
const number = (row: Row, column: string) => Number(row[column])

function originOf(row: Row): PersonEvent['origin'] {
  return {
    channel: orNull(row, 'channel'),
    source: orNull(row, 'source'),
    medium: orNull(row, 'medium'),
    campaign: orNull(row, 'campaign'),
    ad: orNull(row, 'ad'),
    keyword: orNull(row, 'keyword'),
    landing_page: orNull(row, 'landing_page'),
    country: orNull(row, 'country'),
    device: orNull(row, 'device'),
    is_direct: Boolean(row.is_direct),
  }
}

function eventOf(row: Row): PersonEvent {
  const kind = eventKinds.find((one) => one === row.event) ?? 'event'
  return {
    at: String(row.event_time),
    kind,
    id: String(row.id),
    name: orNull(row, 'name'),
    integration_id: String(row.integration_id),
    source_type: orNull(row, 'source_type'),
    state: states.find((one) => one === row.state) ?? null,
    is_counted: Boolean(row.is_counted),
    is_new: Boolean(row.is_new),
    figures:
      kind === 'touch'
        ? null
        : {
            gross: number(row, 'gross'),
            discount: number(row, 'discount'),
            refunded: number(row, 'refunded'),
            revenue: number(row, 'net'),
          },
    origin: originOf(row),
  }
}

function personOf(id: string, summary: Row, identifiers: Person['identifiers']): Person {
  return {
    id,
    identifiers,
    first_seen_at: String(summary.first_seen_at),
    last_seen_at: String(summary.last_seen_at),
    touches: number(summary, 'touches'),
    orders: number(summary, 'orders'),
    revenue: number(summary, 'revenue'),
  }
}

/** One person's time line, or a page of it. */
export async function buildTimeline(
  asked: string,
  { limit, cursor, order }: TimelineQuery,
  project: ProjectContext
): Promise<PersonTimeline> {
  const position = decodeCursor(Position, cursor)
  const version = await publishedVersion(String(project.id))
  const queryId = randomUUID()
  const values = { ...versionParams(version), asked, limit: limit + 1, ...position }
  return reportGate.run(version.projectId, async () => {
    const [owner] = await runStatement({ sql: ownerSql, parameters: values }, `${queryId}-owner`)
    const person = String(owner?.person ?? asked)
    const run = (name: string, sql: string, more: Record<string, unknown> = {}) =>
      runStatement({ sql, parameters: { ...values, ...more, person } }, `${queryId}-${name}`)
    const [events, [summary]] = await Promise.all([
      run('events', eventsSql(order, position !== undefined)),
      run('summary', summarySql),
    ])
    if (!summary || number(summary, 'events') === 0) {
      throw new Problem('not_found', { detail: 'There is no such person' })
    }
    const identifiers = await readIdentifiers(summary.touched, run)
    const page = pageOf(events, limit, eventOf, ({ at, place, key }) => ({ at, place, key }))
    return {
      person: personOf(person, summary, identifiers),
      ...page,
      meta: {
        currency: project.currency,
        timezone: project.timezone,
        commit: version.commitId,
      },
    }
  })
}
