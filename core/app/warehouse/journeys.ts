import { command, rows } from './client.ts'
import {
  bounds,
  changedGoals,
  convertedPersons,
  conversions,
  goalDays,
  goalLogsOf,
} from './conversions.ts'
import { withoutTouches, withTouches } from './journey_sql.ts'
import { refreshParams, type RefreshSettings } from './refresh.ts'
import { withPersons, withPersonsBefore } from './persons.ts'
import { noteSlices } from './slices.ts'
import { hasTouches } from './touch.ts'
import { inSlices, inSlicesBefore, inVersion, type Version } from './versions.ts'

/** Days of touches that a journey keeps. */
export const JOURNEY_DAYS = 90

/** What the steps before have changed. */
export interface Changed {
  /** Days that were rebuilt. */
  orders: readonly string[]
  touch: readonly string[]
  /** Whether anybody may be somebody else. */
  persons: boolean
}

const own = 'project_id = {project_id:UInt64} AND commit_id = {commit_id:UInt64}'
const moved = `SELECT alias_key FROM persons WHERE ${own}`

/** Touches that are new, gone, other ones, or somebody else's now; of the rebuilt `touch_days`. */
export const changedTouches = `
  SELECT alias_key, date FROM touch WHERE ${inSlices('touch')} AND date IN {touch_days:Array(Date)}
  UNION DISTINCT
  SELECT alias_key, date FROM touch WHERE ${inSlicesBefore('touch')} AND date IN {touch_days:Array(Date)}
  UNION DISTINCT
  SELECT alias_key, date FROM touch WHERE ${inSlices('touch')} AND alias_key IN (${moved})`

/** Whose these touches are, or were, and on which days a conversion may look back to one of them. */
const touchedPersons = `
  SELECT person_key, min(date) AS reach_from, max(date) + {window_days:UInt32} + 1 AS reach_to
  FROM (
    SELECT person_key, date FROM (${withPersons(changedTouches)})
    UNION ALL
    SELECT person_key, date FROM (${withPersonsBefore(changedTouches)})
  )
  GROUP BY person_key`

const isGoal = `goal NOT IN ('order', 'refund', 'zero_order')`

/** Of changed goals, and of goals whose person is another; where they are, and where they were. */
const daysOfGoals = (changed: string) => `
  SELECT date FROM (${changed})
  UNION ALL
  SELECT date FROM journeys
  WHERE ${inSlicesBefore('journeys')} AND ${isGoal} AND (
    conversion_key IN (SELECT alias_key FROM (${changed})) OR conversion_key IN (${moved}))`

/** All within reach of a changed touch. */
const daysInReach = `
    SELECT date FROM (
      SELECT customer_key AS person_key, date, order_date AS looks_from FROM order_facts WHERE ${inSlices('orders')}
      UNION ALL
      SELECT person_key, date, date AS looks_from FROM journeys
      WHERE ${inSlicesBefore('journeys')} AND ${isGoal}
    ) AS candidates
    INNER JOIN (${touchedPersons}) AS touched USING (person_key)
    WHERE looks_from BETWEEN reach_from AND reach_to`

/** What there may be besides orders. */
interface Known {
  goalLogs: ReadonlySet<string>
  hasTouches: boolean
  /** Whether touches are other ones, or somebody else's. */
  areTouchesChanged: boolean
}

/**
 * Days with conversions that may have other touches now: the rebuilt days of orders, those of changed
 * goals and of goals whose person is another, and all within reach of a changed touch.
 */
const dirtyDays = ({ goalLogs, areTouchesChanged }: Known) => `
  SELECT DISTINCT date FROM (
    SELECT arrayJoin({order_days:Array(Date)}) AS date
    ${goalLogs.size > 0 ? `UNION ALL ${daysOfGoals(changedGoals(goalLogs))}` : ''}
    ${areTouchesChanged ? `UNION ALL ${daysInReach}` : ''}
  ) ORDER BY date`

/** In a rebuild: every day that has a conversion, or had. */
const allDays = ({ goalLogs }: Known) => `
  SELECT DISTINCT date FROM (
    SELECT date FROM order_facts WHERE ${inSlices('orders')}
    ${goalLogs.size > 0 ? `UNION ALL ${goalDays(goalLogs)}` : ''}
    UNION ALL SELECT date FROM slices WHERE ${inVersion} AND layer = 'journeys'
  ) ORDER BY date`

/** What is of one share of the persons. */
const share = (ofDays: string) =>
  `SELECT * FROM (${ofDays}) WHERE cityHash64(person_key) % {chunks:UInt32} = {chunk:UInt32}`

const stored = `date, {commit_id:UInt64} AS generation, goal, conversion_key, conversion_id, event_time, person_key, is_new,
  integration_id, source_type, country, device, coupon, gross, discount, refunded, cogs, tax, shipping, fees,
  order_key, order_date, anchor, first_order_date`

function rebuild(ofDays: string, { goalLogs, hasTouches }: Known): string {
  const journeys = hasTouches
    ? withTouches(share(ofDays), share(convertedPersons(goalLogs)), stored)
    : withoutTouches(share(ofDays), stored)
  return `INSERT INTO journeys SELECT {project_id:UInt64}, * FROM (${journeys})`
}

/** Conversions that one statement joins with their touches. */
const CONVERSIONS_AT_ONCE = 100_000

const knownOf = (settings: RefreshSettings, changed: Changed): Known => ({
  goalLogs: goalLogsOf(settings),
  hasTouches: hasTouches(settings),
  areTouchesChanged: hasTouches(settings) && (changed.persons || changed.touch.length > 0),
})

interface Bounds {
  found: string
  touch_from: string
  touch_to: string
}

/**
 * Rebuilds the days of `journeys` that the commit's changes reach, after orders, persons and touches.
 *
 * @param changed what these have changed
 * @returns the days, `YYYY-MM-DD`
 */
export async function rebuildJourneys(
  version: Version,
  settings: RefreshSettings,
  changed: Changed
): Promise<string[]> {
  const params = {
    ...refreshParams(version, settings),
    order_days: changed.orders,
    touch_days: changed.touch,
    window_days: JOURNEY_DAYS,
  }
  const known = knownOf(settings, changed)
  const asked = settings.everything ? allDays(known) : dirtyDays(known)
  const days = (await rows<{ date: string }>(asked, params)).map(({ date }) => date)
  if (days.length === 0) return days
  const { goalLogs } = known
  const ofDays = conversions('date IN {days:Array(Date)}', {
    rules: settings.channelRules,
    goalLogs,
  })
  const [size] = await rows<Bounds>(bounds(goalLogs), { ...params, days })
  const chunks = Math.ceil(Number(size?.found ?? 0) / CONVERSIONS_AT_ONCE)
  for (let chunk = 0; chunk < chunks; chunk += 1) {
    await command(rebuild(ofDays, known), {
      params: { ...params, ...size, days, chunk, chunks },
      queryId: `commit-${version.commitId}-journeys-${chunk}`,
      settings: { insert_deduplication_token: `${version.commitId}:journeys:${chunk}` },
    })
  }
  await noteSlices(version, 'journeys', days)
  return days
}
