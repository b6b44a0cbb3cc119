import { OTHER } from '#attribution/public'
import { convertedPaths } from './converted_sql.ts'
import { linksOf, VALUE, type Joints } from './link_sql.ts'
import { nullPaths } from './null_sql.ts'
import { collapsed, isLonger, named, shownSteps } from './path_parts.ts'
import type { JourneysPlan } from './plan.ts'

/** Steps that each column of the flow names, besides `(other)`: the ones that most paths lead through. */
export const STEPS_PER_COLUMN = 30

const texts: Joints = { begin: `'begin'`, more: `'more'`, end: `'conversion'` }

/** Among paths that do not convert only steps with names are told apart, so among the others too. */
const commonest = (path: string) =>
  `arrayMap(step -> transform(step, {names:Array(String)}, {names:Array(String)}, '${OTHER}'), ${path})`

/** Links of the paths of conversions. */
export const convertedLinks = (plan: JourneysPlan) =>
  linksOf(
    plan,
    texts,
    `SELECT if(empty(path), ['no_touch'], arrayMap(step -> concat('${VALUE}', step), ${named(plan.include === 'all' ? commonest('path') : 'path')})) AS between,
      is_longer, paths, revenue
    FROM (
      SELECT path, is_longer, count() AS paths, sum(revenue) AS revenue FROM (
        SELECT ${collapsed(plan, 'eligible')} AS steps, ${shownSteps(plan)} AS path, ${isLonger} AS is_longer, revenue
        FROM (${convertedPaths(plan)})
      ) GROUP BY path, is_longer
    )`
  )

/** Beyond the places of all names. */
const codes = { begin: 65531, more: 65532, end: 65533 }

/** What stands where a path that does not convert has no step. */
export const joints: ReadonlyMap<number, string> = new Map([
  [codes.begin, 'begin'],
  [codes.more, 'more'],
  [codes.end, 'no_conversion'],
])

const code = (number: number) => `toUInt16(${number})`

/**
 * Links of the paths that do not convert, between places among the names. TRICKY: links are grouped as
 * numbers; texts would take several times as long.
 */
export const nullLinks = (plan: JourneysPlan) =>
  linksOf(
    plan,
    { begin: code(codes.begin), more: code(codes.more), end: code(codes.end) },
    `SELECT ${shownSteps(plan)} AS between, ${isLonger} AS is_longer, toUInt64(sum(sign)) AS paths, toDecimal128(0, 9) AS revenue
    FROM (SELECT sign, ${collapsed(plan, 'eligible')} AS steps FROM (${nullPaths(plan)}))
    GROUP BY between, is_longer HAVING sum(sign) > 0`
  )

/** TRICKY: every path begins with a link, so what leads into a step are all paths through it. */
const weighed = (plan: JourneysPlan) => `
  SELECT *, sum(paths) OVER (PARTITION BY from_step, source) AS through_source,
    sum(paths) OVER (PARTITION BY to_step, target) AS through_target,
    sumIf(paths, source = 'begin') OVER () AS all_paths
  FROM (${convertedLinks(plan)})`

const kept = (node: 'source' | 'target', step: string) => {
  const isValue = `startsWith(${node}, '${VALUE}')`
  const rank = `dense_rank() OVER (PARTITION BY ${step}, ${isValue} ORDER BY through_${node} DESC, ${node})`
  return `NOT ${isValue} OR (${rank} <= ${STEPS_PER_COLUMN} AND through_${node} >= {min_share:Float64} * all_paths)`
}

const folded = (node: string) => `if(keeps_${node}, ${node}, '${VALUE}${OTHER}')`

/** The flow of conversions: its links, those before the first steps included. */
export const flowSql = (plan: JourneysPlan): string => `
SELECT from_step, from_node, to_step, to_node, toFloat64(sum(paths)) AS value,
  value AS conversions, toString(sum(revenue)) AS revenue
FROM (
  SELECT from_step, to_step, ${folded('source')} AS from_node, ${folded('target')} AS to_node, paths, revenue
  FROM (
    SELECT *, ${kept('source', 'from_step')} AS keeps_source, ${kept('target', 'to_step')} AS keeps_target
    FROM (${weighed(plan)})
  )
)
GROUP BY from_step, to_step, from_node, to_node
ORDER BY from_step, value DESC, from_node, to_step, to_node`
