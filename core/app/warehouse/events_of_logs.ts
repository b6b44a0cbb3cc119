import type { ChannelRule } from './channel_rules.ts'
import { rows } from './client.ts'
import { factColumns, facts, identity, insertEvents, place } from './event_columns.ts'
import { mirroredLogs, type MirroredLog } from './mirrored_logs.ts'
import { beforeCommit, currentFacts, inVersion, versionParams, type Version } from './versions.ts'

type Rules = readonly ChannelRule[] | undefined

const ownRows = 'project_id = {project_id:UInt64} AND commit_id = {commit_id:UInt64}'
const written = (log: string, isDeleted: boolean) =>
  `SELECT * FROM ${log} WHERE ${ownRows} AND is_deleted = ${isDeleted}`

/** Facts of the log, as events. */
function live(mirrored: MirroredLog, facts: string, rules: Rules): string {
  const { eventType, time, day, columns, prepared } = mirrored
  return `SELECT ${place(eventType, time, day)}, ${factColumns(columns(rules))}
    FROM (${prepared?.(facts, rules) ?? facts}) AS fact`
}

/** The same where only their place matters. */
const placed = ({ eventType, time, day }: MirroredLog, facts: string) =>
  `SELECT ${place(eventType, time, day)}, ${factColumns({})} FROM (${facts}) AS fact`

const leftBy = (before: string, after: string) => `
  SELECT * FROM (${before}) WHERE (event_date, fact_id) NOT IN (SELECT event_date, fact_id FROM (${after}))`

/**
 * Places that the commit's changes have left. Written before what stands now: of two rows of one place
 * and commit the later one counts.
 */
function left(mirrored: MirroredLog): string {
  const { log, grain, isDated } = mirrored
  if (isDated) return placed(mirrored, written(log, true))
  const touched = `${grain} IN (SELECT ${grain} FROM ${log} WHERE ${ownRows})`
  const at = (version: string) =>
    placed(mirrored, currentFacts(log, grain, '*', `${version} AND ${touched}`))
  return leftBy(at(beforeCommit), at(inVersion))
}

/** Which of the logs the commit has written to. */
async function changedLogs(version: Version): Promise<MirroredLog[]> {
  const asked = mirroredLogs.map(
    ({ log }) => `SELECT '${log}' AS log FROM (SELECT 1 FROM ${log} WHERE ${ownRows} LIMIT 1)`
  )
  const found = await rows<{ log: string }>(asked.join('\nUNION ALL\n'), versionParams(version))
  return mirroredLogs.filter(({ log }) => found.some((row) => row.log === log))
}

export interface MirrorStatement {
  step: string
  sql: string
  /** What it selects is the same each time, so that it can be told from one that was sent before. */
  isSteady: boolean
}

/** Statements that let `events` follow what a commit has changed in the logs. */
export async function followLogs(version: Version, rules: Rules): Promise<MirrorStatement[]> {
  return (await changedLogs(version)).flatMap((mirrored) => [
    { step: `${mirrored.eventType}-left`, sql: insertEvents(true, left(mirrored)), isSteady: true },
    {
      step: mirrored.eventType,
      sql: insertEvents(false, live(mirrored, written(mirrored.log, false), rules)),
      isSteady: true,
    },
  ])
}

/** Statements that write all events of the logs anew, as after a change of days, amounts or channels. */
export function repeatLogs(rules: Rules): MirrorStatement[] {
  return mirroredLogs.flatMap((mirrored) => {
    const { log, grain, eventType } = mirrored
    const current = currentFacts(log, grain, '*', inVersion)
    const mirroredNow = `SELECT ${identity}, ${facts} FROM events FINAL
      WHERE project_id = {project_id:UInt64} AND event_type = '${eventType}'`
    return [
      {
        step: `${eventType}-left`,
        sql: insertEvents(true, leftBy(mirroredNow, placed(mirrored, current))),
        isSteady: false,
      },
      { step: eventType, sql: insertEvents(false, live(mirrored, current, rules)), isSteady: true },
    ]
  })
}
