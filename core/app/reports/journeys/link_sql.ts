import type { JourneysPlan } from './plan.ts'

/** Marks the values of steps among the ends and joints of a flow, which have names of their own. */
export const VALUE = '='

/** What stands before the first step, for steps that are not shown, and after the last one. */
export interface Joints {
  begin: string
  more: string
  end: string
}

/** What a path leads through, from before its first step to its end. */
function nodes({ from }: JourneysPlan, { begin, more, end }: Joints): string {
  const further = `arrayResize([${more}], toUInt8(is_longer))`
  const steps = from === 'start' ? `between, ${further}` : `${further}, between`
  return `arrayConcat([${begin}], ${steps}, [${end}])`
}

/** In which columns a link begins and ends; `place` counts the links of a path from 1. */
const columns = {
  start: `toInt32(place) - 1 AS from_step,
      if(place + 1 = length(nodes), {depth:UInt8} + 2, toInt32(place)) AS to_step`,
  // The conversion is column 0, the touch before it −1.
  end: `toInt32(place) - toInt32(length(nodes)) AS from_step, from_step + 1 AS to_step`,
}

/**
 * Everything that leads from one step to the next.
 *
 * @param paths different paths, with the steps that are shown as `between`
 */
export const linksOf = (plan: JourneysPlan, joints: Joints, paths: string): string => `
    SELECT ${columns[plan.from]}, source, target, sum(paths) AS paths, sum(revenue) AS revenue
    FROM (SELECT ${nodes(plan, joints)} AS nodes, paths, revenue FROM (${paths}))
    ARRAY JOIN arrayPopBack(nodes) AS source, arrayPopFront(nodes) AS target,
      arrayEnumerate(arrayPopFront(nodes)) AS place
    GROUP BY from_step, to_step, source, target`
