import { withPersons } from './persons.ts'
import { inSlices } from './versions.ts'

/** Of a touch, in the order of the tuples that travel through a statement. */
export const touchColumns = [
  'event_time',
  'touch_key',
  'is_direct',
  'channel',
  'source',
  'medium',
  'campaign',
  'campaign_id',
  'ad',
  'keyword',
  'landing_page',
  'country',
  'device',
] as const

/** Columns of `journeys` that hold one of these of each touch. */
export const arrayOf = (column: string) =>
  `touch_${column === 'event_time' ? 'time' : column === 'touch_key' ? 'key' : column}`

const touchArrays = touchColumns
  .map((column, index) => `arrayMap(touch -> touch.${index + 1}, path) AS ${arrayOf(column)}`)
  .join(',\n    ')

/** What a conversion says of itself, as a touch at its own time; only where nothing else is known. */
const ownTouch = `tuple(anchor, conversion_key, own_channel = 'Direct', own_channel, own_source, own_medium, own_campaign,
  '', '', '', own_landing_page, country, device)`

/** Touches of the persons of the conversions, in order; of the days that any of them looks back to. */
export const touchPaths = (conversions: string) => `
  SELECT person_key, arraySort(groupArray((${touchColumns.join(', ')}))) AS touches
  FROM (${withPersons(`SELECT * FROM touch
    WHERE ${inSlices('touch')} AND date BETWEEN {touch_from:Date} AND {touch_to:Date}`)})
  WHERE person_key IN (SELECT person_key FROM (${conversions}) WHERE person_key != 0)
  GROUP BY person_key`

/**
 * Conversions with the touches of their persons: those of the `{window_days:UInt16}` days before, both ends
 * included. Parameters besides those of a refresh: `touch_from`, `touch_to`, the days that may hold them.
 */
export const withTouches = (conversions: string, columns: string): string => `
  SELECT ${columns},
    ${touchArrays}
  FROM (
    SELECT *, if(empty(eligible) AND own_channel != '', [${ownTouch}], eligible) AS path
    FROM (
      SELECT conversion.*, arrayFilter(
        touch -> touch.1 <= anchor AND touch.1 >= anchor - toIntervalSecond(86400 * {window_days:UInt32}), touches
      ) AS eligible
      FROM (${conversions}) AS conversion ANY LEFT JOIN (${touchPaths(conversions)}) AS paths USING (person_key)
    )
  )`
