import { PLAYER_LIMIT } from '#attribution/public'
import { inSlices } from '#warehouse/public'
import { conversionsOfGoal } from './converted_sql.ts'
import type { JourneysPlan } from './plan.ts'
import type { Step } from './steps.ts'

const touchesInRange = `${inSlices('touch')} AND date BETWEEN {date_from:Date} AND {date_to:Date}`

/** Whether a touch is looked up by several columns, and so by a number that is made of them. */
export const isHashed = ({ columns }: Step): boolean => columns.length > 1

/** By what the columns of a touch are looked up. */
const raw = (step: Step, columns: readonly string[]): string =>
  isHashed(step) ? `cityHash64(${columns.join(', ')})` : columns.join()

/** What touches and those of conversions have, and how many have it. */
function counted({ columns }: Step, ofTouches: string, ofConversions: string): string {
  const list = columns.join(', ')
  const arrays = columns.map((column) => `touch_${column} AS ${column}`).join(', ')
  return `
    SELECT ${list}, count() AS touches FROM touch WHERE ${ofTouches} GROUP BY ${list}
    UNION ALL
    SELECT ${list}, count() AS touches FROM (
      SELECT ${arrays} FROM journeys WHERE ${ofConversions}
    ) ARRAY JOIN ${list} GROUP BY ${list}`
}

const byRaw = (step: Step, from: string): string => `
    SELECT ${raw(step, step.columns)} AS raw, toString(any(${step.value(...step.columns)})) AS step, sum(touches) AS touches
    FROM (${from}) GROUP BY raw`

/** Every step that the project knows of, whatever the range, with all that it is looked up by: `raw`, `step`. */
export const everyStepSql = ({ step }: JourneysPlan): string => `
SELECT raw, step FROM (${byRaw(step, counted(step, inSlices('touch'), inSlices('journeys')))})
ORDER BY step, raw LIMIT {rows:UInt32}`

/** The same of the commonest steps of the range, and of those that are asked for. */
export const commonStepsSql = ({ step }: JourneysPlan): string => `
SELECT raw, step FROM (
  SELECT raw, step, dense_rank() OVER (ORDER BY all_touches DESC, step) AS rank FROM (
    SELECT raw, step, sum(touches) OVER (PARTITION BY step) AS all_touches
    FROM (${byRaw(step, counted(step, touchesInRange, conversionsOfGoal))})
  )
)
WHERE rank <= ${PLAYER_LIMIT} OR step IN {contains_step:Array(String)}
ORDER BY step, raw`

/** The places of the steps of a path among the names, along its touches; 0: it is none of them. */
export function codesAlong({ step }: JourneysPlan): string {
  const its = step.columns.map((column) => `its_${column}`)
  const arrays = step.columns.map((column) => `touch_${column}`)
  const raws = `{raws:Array(${isHashed(step) ? 'UInt64' : 'String'})}`
  const code = `transform(${raw(step, its)}, ${raws}, {codes:Array(UInt16)}, toUInt16(0))`
  return `arrayMap((${its.join(', ')}) -> ${code}, ${arrays.join(', ')})`
}
