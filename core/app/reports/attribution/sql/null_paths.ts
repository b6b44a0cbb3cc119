import { inSlices, withPersonKeys } from '#warehouse/public'
import type { AttributionPlan } from '../plan.ts'
import { placeOf, playerOfTouch } from './names.ts'
import type { Naming } from './credits_statement.ts'

const inPeriod = 'date BETWEEN {date_from:Date} AND {date_to:Date}'
const touches = `touch WHERE ${inSlices('touch')} AND ${inPeriod}`

/** Conversions of any kind of customer: a filter does not make them unhappen. */
const conversions = `journeys
    WHERE ${inSlices('journeys')} AND ${inPeriod} AND goal = {goal:String} AND person_key != 0`

const ms = 'toUnixTimestamp64Milli(event_time)'

/**
 * A touch as one number, which sorts as touches do: its time, its key, and below them the place of its
 * player among the names, of which there are few.
 */
const packed = (key: string, place: string) =>
  `bitOr(bitOr(bitShiftLeft(toUInt128(${ms}), 80), bitShiftLeft(toUInt128(${key}), 16)), toUInt128(${place}))`

/** A conversion among the touches: behind all of its time, which it follows. */
const CONVERSION = 65_535
const conversion = packed('0xffffffffffffffff', String(CONVERSION))

/**
 * Of each person the touches of the range that no conversion of the range follows, as places of their
 * players: none where a conversion follows all of them.
 */
export function nullPaths({ grouping }: AttributionPlan, naming: Naming): string {
  const player = playerOfTouch(grouping.dimension, naming === 'limited')
  const own = `SELECT alias_key, ${packed('touch_key', placeOf(player))} AS event FROM ${touches}`
  const events = `SELECT person_key, arraySort(groupArray(event)) AS events
    FROM (
      SELECT person_key, event FROM (${withPersonKeys(own)})
      UNION ALL
      SELECT person_key, ${conversion} AS event FROM ${conversions}
    )
    GROUP BY person_key`
  return `SELECT arrayMap(event -> toUInt16(event), arraySlice(
    events, 1 + arrayLastIndex(event -> toUInt16(event) = ${CONVERSION}, events)
  )) AS players
  FROM (${events})`
}

/** Whence such touches are read, with their persons and these columns: `FROM` and what follows it. */
const lostTouches = (columns: readonly string[]) => {
  const own = ['alias_key', `${ms} AS touched_at`, ...columns].join(', ')
  return `FROM (${withPersonKeys(`SELECT ${own} FROM ${touches}`)}) AS touches
  ANY LEFT JOIN (
    SELECT person_key, max(${ms}) AS converted_at, true AS has_converted FROM ${conversions} GROUP BY person_key
  ) AS last USING (person_key)
  WHERE NOT has_converted OR touched_at > converted_at`
}

/** How many persons have such touches. */
export const nullPathsStatement = `SELECT count() AS paths
FROM (SELECT person_key ${lostTouches([])} GROUP BY person_key)`

/** Players of such touches. */
export const lostPlayers = ({ grouping }: AttributionPlan): string =>
  `SELECT DISTINCT player
  ${lostTouches([`${playerOfTouch(grouping.dimension, false)} AS player`])}`

/** Players of all touches of the range. */
export const allPlayers = ({ grouping }: AttributionPlan): string =>
  `SELECT DISTINCT ${playerOfTouch(grouping.dimension, false)} AS player FROM ${touches}`
