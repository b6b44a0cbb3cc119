import { PLAYER_LIMIT } from '#attribution/public'
import { inSlices } from '#warehouse/public'
import { conversionsOfGoal } from './converted_sql.ts'
import type { JourneysPlan } from './plan.ts'
import type { Step } from './steps.ts'

export const touchesInRange = `${inSlices('touch')} AND date BETWEEN {date_from:Date} AND {date_to:Date}`

/** By what the columns of a touch are looked up. */
const raw = ({ columns }: Step): string =>
  columns.length === 1 ? columns.join() : `cityHash64(${columns.join(', ')})`

/** What touches of the range and those of its conversions have, and how many have it. */
function counted(step: Step): string {
  const columns = step.columns.join(', ')
  const arrays = step.columns.map((column) => `touch_${column} AS ${column}`).join(', ')
  return `
    SELECT ${columns}, count() AS touches FROM touch WHERE ${touchesInRange} GROUP BY ${columns}
    UNION ALL
    SELECT ${columns}, count() AS touches FROM (
      SELECT ${arrays} FROM journeys WHERE ${conversionsOfGoal}
    ) ARRAY JOIN ${columns} GROUP BY ${columns}`
}

/** The commonest steps, and those that are asked for, with everything that they are looked up by. */
const found = ({ step }: JourneysPlan): string => `
  SELECT (groupArray(raw), groupArray(toString(step))) FROM (
    SELECT raw, step, dense_rank() OVER (ORDER BY all_touches DESC, step) AS rank FROM (
      SELECT raw, step, sum(touches) OVER (PARTITION BY step) AS all_touches FROM (
        SELECT ${raw(step)} AS raw, any(${step.value(...step.columns)}) AS step, sum(touches) AS touches
        FROM (${counted(step)}) GROUP BY raw
      )
    )
    QUALIFY rank <= ${PLAYER_LIMIT} OR step IN {contains_step:Array(String)}
  )`

const atLeastOne = (list: string) => `arrayResize(${list}, greatest(length(${list}), 1))`

/**
 * Defines `names`, the steps that are told apart where paths without conversions take part, and `raws`
 * and `codes`, by which a touch finds the place of its step among them. Lists to look up in are never
 * empty.
 */
export const withNames = (plan: JourneysPlan): string => `
  (${found(plan)}) AS found,
  ${atLeastOne('found.1')} AS raws,
  arrayDistinct(${atLeastOne('found.2')}) AS names,
  arrayMap(step -> toUInt16(indexOf(names, step)), ${atLeastOne('found.2')}) AS codes`

/** The place of a touch's step among the names; 0: it is none of them. */
export const codeOfTouch = ({ step }: JourneysPlan): string =>
  `transform(${raw(step)}, raws, codes, toUInt16(0))`
