import { inVersion } from './versions.ts'

const inPeriod = (date: string) => `${date} BETWEEN {date_from:Date} AND {date_to:Date}`

/** From when on, in milliseconds, no conversion of the range follows: 0 where there is none. */
const since = `arrayMax(arrayMap(
    (name, day, time) -> if(name = {goal:String} AND ${inPeriod('day')}, toUnixTimestamp64Milli(time) + 1, 0),
    goal, goal_date, goal_time))`

const isLost = `${inPeriod('day')} AND toUnixTimestamp64Milli(time) >= since`

const ofRange = `${inVersion} AND last_date >= {date_from:Date} AND first_date <= {date_to:Date}`

const paths = (where: string) => `SELECT *, ${since} AS since FROM paths
    WHERE ${ofRange}${where && ` AND ${where}`}`

/**
 * Of each person the touches of the range that no conversion of the range follows, as `steps`, in order;
 * none where a conversion follows all of them. TRICKY: rows count by their `sign`, which has to be summed.
 *
 * @param along what is needed of each touch: SQL for an array along the touches of `paths`
 * @param where condition on the persons
 */
export const unconvertedPaths = (along: string, where = ''): string => `
  SELECT sign, arrayFilter((step, day, time) -> ${isLost}, ${along}, touch_date, touch_time) AS steps
  FROM (${paths(where)})`

/** Of most persons three columns tell: nothing converted, and the first touch or the last is of the range. */
const isPlain = `empty(goal) AND (first_date >= {date_from:Date} OR last_date <= {date_to:Date})`

/** How many persons have such touches, as `paths`. */
export const countUnconverted = `SELECT sum(sign) AS paths
FROM (
  SELECT sign FROM paths WHERE ${ofRange} AND ${isPlain}
  UNION ALL
  SELECT sign FROM (${paths(`NOT (${isPlain})`)})
  WHERE arrayExists((day, time) -> ${isLost}, touch_date, touch_time)
)`
