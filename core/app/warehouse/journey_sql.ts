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

/** Touches of the persons of a query, in order; of the days that any of their conversions looks back to. */
export const touchPaths = (persons: string) => `
  SELECT person_key, arraySort(groupArray((${touchColumns.join(', ')}))) AS touches
  FROM (${withPersons(`SELECT * FROM touch
    WHERE ${inSlices('touch')} AND date BETWEEN {touch_from:Date} AND {touch_to:Date}`)})
  WHERE person_key IN (SELECT person_key FROM (${persons}) WHERE person_key != 0)
  GROUP BY person_key`

const along = (paths: string, columns: string) => `
  SELECT ${columns},
    ${touchArrays}
  FROM (${paths})`

/**
 * Conversions with the touches of their persons: those of the `{window_days:UInt16}` days before, both ends
 * included. Parameters besides those of a refresh: `touch_from`, `touch_to`, the days that may hold them.
 */
export const withTouches = (conversions: string, persons: string, columns: string): string =>
  along(
    `SELECT *, if(empty(eligible) AND own_channel != '', [${ownTouch}], eligible) AS path
    FROM (
      SELECT conversion.*, arrayFilter(
        touch -> touch.1 <= anchor AND touch.1 >= anchor - toIntervalSecond(86400 * {window_days:UInt32}), touches
      ) AS eligible
      FROM (${conversions}) AS conversion ANY LEFT JOIN (${touchPaths(persons)}) AS paths USING (person_key)
    )`,
    columns
  )

/** The same where nobody has any touch. */
export const withoutTouches = (conversions: string, columns: string): string =>
  along(`SELECT *, if(own_channel != '', [${ownTouch}], []) AS path FROM (${conversions})`, columns)
