import { fromNanos, NOT_SET, OTHER, toNanos } from '#attribution/public'
import type { Row } from '../queries/run_statement.ts'
import { joints, STEPS_PER_COLUMN } from './flow_sql.ts'
import { VALUE } from './link_sql.ts'

/** What leads from one step to the next, and by how many paths. */
interface Link {
  from_step: number
  source: string
  to_step: number
  target: string
  paths: number
  conversions: number
  revenue: bigint
}

const numbers = (row: Row) => ({
  from_step: Number(row.from_step),
  to_step: Number(row.to_step),
  paths: Number(row.paths),
})

const asConverted = (row: Row): Link => ({
  ...numbers(row),
  source: String(row.source),
  target: String(row.target),
  conversions: Number(row.paths),
  revenue: toNanos(String(row.revenue)),
})

/** Steps of paths that do not convert are places among the names, from 1. */
function asLost(row: Row, names: readonly string[]): Link {
  const nameOf = (code: number): string => {
    const name = names[code - 1] ?? OTHER
    return joints.get(code) ?? VALUE + (name === '' ? NOT_SET : name)
  }
  return {
    ...numbers(row),
    source: nameOf(Number(row.source)),
    target: nameOf(Number(row.target)),
    conversions: 0,
    revenue: 0n,
  }
}

const compare = (one: string, other: string) => Buffer.compare(Buffer.from(one), Buffer.from(other))

type End = (link: Link) => readonly [step: number, name: string]
const source: End = (link) => [link.from_step, link.source]
const target: End = (link) => [link.to_step, link.target]

/** Which steps of each column keep their names, by the paths through them: `least` or more. */
function keptSteps(links: readonly Link[], endOf: End, least: number): Map<number, Set<string>> {
  const columns = new Map<number, Map<string, number>>()
  for (const link of links) {
    const [step, name] = endOf(link)
    if (!name.startsWith(VALUE)) continue
    const through = columns.get(step) ?? new Map<string, number>()
    columns.set(step, through.set(name, (through.get(name) ?? 0) + link.paths))
  }
  const kept = (through: Map<string, number>) =>
    [...through]
      .sort(([one, paths], [other, others]) => others - paths || compare(one, other))
      .slice(0, STEPS_PER_COLUMN)
      .flatMap(([name, paths]) => (paths >= least ? [name] : []))
  return new Map([...columns].map(([step, through]) => [step, new Set(kept(through))]))
}

function namer(links: readonly Link[], endOf: End, least: number): (link: Link) => string {
  const kept = keptSteps(links, endOf, least)
  return (link) => {
    const [step, name] = endOf(link)
    return !name.startsWith(VALUE) || kept.get(step)?.has(name) ? name : VALUE + OTHER
  }
}

/** Links between steps that are called the same, as one. */
function addUp(links: readonly Link[], from: (link: Link) => string, to: (link: Link) => string) {
  const sums = new Map<string, Link>()
  for (const link of links) {
    const named = { ...link, source: from(link), target: to(link) }
    const key = JSON.stringify([link.from_step, named.source, link.to_step, named.target])
    const sum = sums.get(key)
    if (!sum) sums.set(key, named)
    else {
      sum.paths += link.paths
      sum.conversions += link.conversions
      sum.revenue += link.revenue
    }
  }
  return [...sums.values()]
}

const inOrder = (one: Link, other: Link): number =>
  one.from_step - other.from_step ||
  other.paths - one.paths ||
  compare(one.source, other.source) ||
  one.to_step - other.to_step ||
  compare(one.target, other.target)

/**
 * The flow of everybody, as `flowSql` makes that of the conversions alone: TRICKY: done by the engine,
 * the folding over both of them together would take longer to plan than all links to find.
 *
 * @param found links of the conversions, and of the paths that do not convert
 * @param names of the steps of the latter
 * @param minShare of all paths that lead through a step which keeps its name
 */
export function foldFlow(
  found: { converted: readonly Row[]; lost: readonly Row[] },
  names: readonly string[],
  minShare: number
): Row[] {
  const links = [
    ...found.converted.map(asConverted),
    ...found.lost.map((row) => asLost(row, names)),
  ]
  const all = links.reduce((sum, { source, paths }) => sum + (source === 'begin' ? paths : 0), 0)
  const from = namer(links, source, minShare * all)
  const to = namer(links, target, minShare * all)
  return addUp(links, from, to)
    .sort(inOrder)
    .map((link) => ({
      from_step: link.from_step,
      from_node: link.source,
      to_step: link.to_step,
      to_node: link.target,
      value: link.paths,
      conversions: link.conversions,
      revenue: fromNanos(link.revenue),
    }))
}
