import { OTHER } from '#attribution/public'
import { convertedPaths } from './converted_sql.ts'
import { nullPaths } from './null_sql.ts'
import type { JourneysPlan } from './plan.ts'

/** Steps that each column of the flow names, besides `(other)`: the ones that most paths lead through. */
const STEPS_PER_COLUMN = 30

/** Marks the values of steps among the ends and joints of a flow, which have names of their own. */
export const VALUE = '='

/** Steps in a row that count as one, if that is asked for. */
export const collapsed = ({ collapsesRepeats }: JourneysPlan, steps: string): string =>
  collapsesRepeats ? `arrayCompact(${steps})` : steps

/** The steps of a path that are shown; `steps` is the whole. */
export const shownSteps = ({ from }: JourneysPlan): string =>
  from === 'start' ? 'arraySlice(steps, 1, {depth:UInt8})' : 'arraySlice(steps, -{depth:Int8})'

export const isLonger = 'length(steps) > {depth:UInt8}'

export const named = `arrayMap(step -> if(step = '', '(not set)', step), CAST(path, 'Array(String)'))`

function distinctPaths(plan: JourneysPlan): string {
  const converted = `
    SELECT path, is_longer, count() AS paths, paths AS conversions, sum(revenue) AS revenue FROM (
      SELECT ${collapsed(plan, 'eligible')} AS steps, ${shownSteps(plan)} AS path, ${isLonger} AS is_longer, revenue
      FROM (${convertedPaths(plan)})
    ) GROUP BY path, is_longer`
  const nulls = `
    SELECT ${shownSteps(plan)} AS path, ${isLonger} AS is_longer, paths, 0 AS conversions, toDecimal128(0, 9) AS revenue
    FROM (SELECT ${collapsed(plan, 'eligible')} AS steps, paths FROM (${nullPaths(plan)}))`
  const all = plan.include === 'all' ? [converted, nulls] : [converted]
  return all
    .map(
      (select) =>
        `SELECT ${named} AS values, is_longer, paths, conversions, revenue FROM (${select})`
    )
    .join('\n  UNION ALL\n  ')
}

/** What a path leads through, from before its first step to its end. */
function nodes({ from }: JourneysPlan): string {
  const values = `if(empty(values), ['no_touch'], arrayMap(value -> concat('${VALUE}', value), values))`
  const more = `if(is_longer, ['more'], [])`
  const between = from === 'start' ? `${values}, ${more}` : `${more}, ${values}`
  return `arrayConcat(['begin'], ${between}, [if(conversions > 0, 'conversion', 'no_conversion')])`
}

/** In which columns a link begins and ends; `place` counts the links of a path from 1. */
const columns = {
  start: `toInt32(place) - 1 AS from_step,
      if(place + 1 = length(nodes), {depth:UInt8} + 2, toInt32(place)) AS to_step`,
  // The conversion is column 0, the touch before it −1.
  end: `toInt32(place) - toInt32(length(nodes)) AS from_step, from_step + 1 AS to_step`,
}

const sums = 'sum(paths) AS paths, sum(conversions) AS conversions, sum(revenue) AS revenue'

const links = (plan: JourneysPlan) => `
    SELECT ${columns[plan.from]}, source, target, ${sums}
    FROM (SELECT ${nodes(plan)} AS nodes, paths, conversions, revenue FROM (${distinctPaths(plan)}))
    ARRAY JOIN arrayPopBack(nodes) AS source, arrayPopFront(nodes) AS target,
      arrayEnumerate(arrayPopFront(nodes)) AS place
    GROUP BY from_step, to_step, source, target`

/** TRICKY: every path begins with a link, so what leads into a step are all paths through it. */
const weighed = (plan: JourneysPlan) => `
  SELECT *, sum(paths) OVER (PARTITION BY from_step, source) AS through_source,
    sum(paths) OVER (PARTITION BY to_step, target) AS through_target,
    sumIf(paths, source = 'begin') OVER () AS all_paths
  FROM (${links(plan)})`

const kept = (node: 'source' | 'target', step: string) => {
  const isValue = `startsWith(${node}, '${VALUE}')`
  const rank = `dense_rank() OVER (PARTITION BY ${step}, ${isValue} ORDER BY through_${node} DESC, ${node})`
  return `NOT ${isValue} OR (${rank} <= ${STEPS_PER_COLUMN} AND through_${node} >= {min_share:Float64} * all_paths)`
}

const folded = (node: string) => `if(keeps_${node}, ${node}, '${VALUE}${OTHER}')`

/** The links of the flow, those before the first steps included. */
export const flowSql = (plan: JourneysPlan): string => `
SELECT from_step, from_node, to_step, to_node, toFloat64(sum(paths)) AS value,
  toFloat64(sum(conversions)) AS conversions, toString(sum(revenue)) AS revenue
FROM (
  SELECT from_step, to_step, ${folded('source')} AS from_node, ${folded('target')} AS to_node, paths, conversions, revenue
  FROM (
    SELECT *, ${kept('source', 'from_step')} AS keeps_source, ${kept('target', 'to_step')} AS keeps_target
    FROM (${weighed(plan)})
  )
)
GROUP BY from_step, to_step, from_node, to_node
ORDER BY from_step, value DESC, from_node, to_step, to_node`
