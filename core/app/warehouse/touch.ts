import { documentKey, touchAlias } from './alias_keys.ts'
import { command, rows } from './client.ts'
import { holds, wrote } from './known_logs.ts'
import { refreshParams, type RefreshSettings } from './refresh.ts'
import { eagerly, withOrigin } from './origins.ts'
import { noteSlices } from './slices.ts'
import { beforeCommit, currentFacts, inVersion, type Version } from './versions.ts'

/** Where touches come from: the log, its time, and what it has of an order. */
const logs = [
  { log: 'touchpoint_log', kind: 'touchpoint', time: 'occurred_at', order: 'order_id' },
  { log: 'session_log', kind: 'session', time: 'started_at', order: `''` },
] as const

/** Days in the project's time zone lie within a day of those in UTC. */
const aroundDays = (time: string) =>
  `${time} >= toDateTime64(toDate32(arrayMin({days:Array(Date)})) - 1, 3, 'UTC')
    AND ${time} < toDateTime64(toDate32(arrayMax({days:Array(Date)})) + 2, 3, 'UTC')`

const visitColumns = `fact_id, integration_id, customer_id, client_id, email_hash, phone_hash, channel, source, medium,
  campaign, campaign_id, content, term, click_id, referrer, landing_page, country, device`

type TouchLog = (typeof logs)[number]

/** Logs that may hold any of the project's touches. */
const touchLogsOf = (settings: RefreshSettings) => logs.filter(({ log }) => holds(settings, log))

/** Whether the project may know of any touch. */
export const hasTouches = (settings: RefreshSettings): boolean => touchLogsOf(settings).length > 0

/** Touches of the days as they stand. */
const visits = (held: readonly TouchLog[]) =>
  held
    .map(({ log, kind, time, order }) =>
      currentFacts(
        log,
        time,
        `${time} AS event_time, '${kind}' AS kind, ${order} AS order_id, ${visitColumns}`,
        `${inVersion} AND ${aroundDays(time)} AND toDate(${time}, {timezone:String}) IN {days:Array(Date)}`
      )
    )
    .join('\nUNION ALL\n')

const rebuild = (settings: RefreshSettings) => `
  INSERT INTO touch (project_id, date, generation, alias_key, event_time, touch_key, kind, integration_id, is_direct,
    channel, source, medium, campaign, campaign_id, ad, keyword, landing_page, country, device)
  SELECT {project_id:UInt64}, toDate(event_time, {timezone:String}), {commit_id:UInt64},
    ${touchAlias}, event_time, ${documentKey.fact('fact_id')}, kind, integration_id, is_direct,
    visit_channel, visit_source, visit_medium, told_campaign, told_campaign_id, told_ad, told_keyword, landing, country, device
  FROM (${withOrigin(visits(touchLogsOf(settings)), settings.channelRules)})`

const daysOf = (held: readonly TouchLog[], condition: string) =>
  held
    .map(
      ({ log, time }) =>
        `SELECT toDate(${time}, {timezone:String}) AS date FROM ${log} WHERE ${condition}`
    )
    .join(' UNION DISTINCT ')

/** A moved or vanished touch has left a tombstone where it stood. */
const changedDays = (held: readonly TouchLog[]) => `
  SELECT DISTINCT date FROM (${daysOf(held, 'project_id = {project_id:UInt64} AND commit_id = {commit_id:UInt64}')})
  ORDER BY date`

/** All days that have touches now, and those that had some, in another time zone perhaps. */
const allDays = (held: readonly TouchLog[]) => `
  SELECT DISTINCT date FROM (
    ${daysOf(held, inVersion)} UNION DISTINCT
    SELECT date FROM slices WHERE ${beforeCommit} AND layer = 'touch'
  ) ORDER BY date`

/**
 * Rebuilds the days of `touch` whose touchpoints or sessions the commit changed, under the commit as
 * generation.
 *
 * @returns the days, `YYYY-MM-DD`
 */
export async function rebuildTouch(version: Version, settings: RefreshSettings): Promise<string[]> {
  const params = refreshParams(version, settings)
  const { everything = false } = settings
  const held = logs.filter(({ log }) => (everything ? holds : wrote)(settings, log))
  if (held.length === 0) return []
  const asked = everything ? allDays(held) : changedDays(held)
  const found = await rows<{ date: string }>(asked, params)
  const days = found.map(({ date }) => date)
  if (days.length === 0) return days
  await command(rebuild(settings), {
    params: { ...params, days },
    queryId: `commit-${version.commitId}-touch`,
    settings: { insert_deduplication_token: `${version.commitId}:touch`, ...eagerly },
  })
  await noteSlices(version, 'touch', days)
  return days
}
