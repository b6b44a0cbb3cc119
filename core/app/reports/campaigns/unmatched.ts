import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { campaignResolution, paidChannels } from '#measurement/public'
import { decodeCursor, encodeCursor } from '#shared/http/pagination'
import { invalidField } from '#shared/http/problem'
import type { ProjectContext } from '#shared/http/types'
import { publishedVersion, versionParams } from '#warehouse/public'
import { assertFresh, pinCommit } from '../answer/cursor.ts'
import type { Period } from '../plan/dates.ts'
import { reportGate } from '../queries/report_gate.ts'
import { runStatement, type Row } from '../queries/run_statement.ts'
import { spendWithoutVisits, visitsWithoutSpend } from './unmatched_sql.ts'

const Position = z.strictObject({
  commit: z.string().regex(/^\d+$/),
  offset: z.int().positive(),
  at: z.int(),
  from: z.string(),
  to: z.string(),
})

export interface UnmatchedRequest {
  period: Period
  limit: number
  cursor: string | undefined
}

/** What of an ad account and of the visits does not meet; both lists go on until both have ended. */
export interface Unmatched {
  spend: Row[]
  visits: Row[]
  cursor: string | null
}

function positionOf({ period, cursor }: UnmatchedRequest) {
  const position = decodeCursor(Position, cursor)
  if (!position) return undefined
  if (position.from !== period.from || position.to !== period.to) {
    throw invalidField('cursor', 'cursor', 'The cursor belongs to other days')
  }
  assertFresh(position.at, Date.now())
  return position
}

export async function readUnmatched(
  request: UnmatchedRequest,
  project: ProjectContext
): Promise<Unmatched> {
  const { period, limit } = request
  const position = positionOf(request)
  const version = pinCommit(await publishedVersion(String(project.id)), position?.commit)
  const offset = position?.offset ?? 0
  const parameters = {
    ...versionParams(version),
    ...(await campaignResolution(version)),
    paid_channels: await paidChannels(version.projectId),
    date_from: period.from,
    date_to: period.to,
    limit,
    offset,
  }
  const id = randomUUID()
  const [spend, visits] = await reportGate.run(version.projectId, () =>
    Promise.all([
      runStatement({ sql: spendWithoutVisits, parameters }, `${id}-spend`),
      runStatement({ sql: visitsWithoutSpend, parameters }, `${id}-visits`),
    ])
  )
  const goesOn = spend.length > limit || visits.length > limit
  return {
    spend: spend.slice(0, limit),
    visits: visits.slice(0, limit),
    cursor: goesOn
      ? encodeCursor({
          commit: version.commitId,
          offset: offset + limit,
          at: position?.at ?? Date.now(),
          ...period,
        })
      : null,
  }
}
