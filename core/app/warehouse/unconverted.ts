import { inVersion } from './versions.ts'

const inPeriod = (date: string) => `${date} BETWEEN {date_from:Date} AND {date_to:Date}`

/** From when on, in milliseconds, no conversion of the range follows: 0 where there is none. */
const since = `arrayMax(arrayMap(
    (name, day, time) -> if(name = {goal:String} AND ${inPeriod('day')}, toUnixTimestamp64Milli(time) + 1, 0),
    goal, goal_date, goal_time))`

const isLost = `${inPeriod('day')} AND toUnixTimestamp64Milli(time) >= since`

const paths = (where: string) => `SELECT *, ${since} AS since FROM paths
    WHERE ${inVersion} AND last_date >= {date_from:Date} AND first_date <= {date_to:Date}${where && ` AND ${where}`}`

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

/** How many persons have such touches, as `paths`. */
export const countUnconverted = `SELECT sum(sign) AS paths
FROM (${paths('')})
WHERE arrayExists((day, time) -> ${isLost}, touch_date, touch_time)`
