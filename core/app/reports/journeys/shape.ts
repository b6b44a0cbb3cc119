import { fromNanos, toNanos } from '#attribution/public'
import type { Row } from '../queries/run_statement.ts'
import { VALUE } from './link_sql.ts'
import type { FlowLink, FlowNode, JourneyTotals, Lengths, NodeKind, TopPath } from './schemas.ts'

/** Readable names of steps by what the statements call them. */
export type Names = ReadonlyMap<string, string>

const ends: Readonly<Record<string, { kind: NodeKind; label: string }>> = {
  no_touch: { kind: 'no_touch', label: '(no touch)' },
  more: { kind: 'more', label: '(more)' },
  conversion: { kind: 'conversion', label: '(conversion)' },
  no_conversion: { kind: 'no_conversion', label: '(no conversion)' },
}
const MORE = '(more)'

const count = (row: Row, column: string): number => Number(row[column] ?? 0)
const text = (row: Row, column: string): string => String(row[column] ?? '')

/** Values cannot be taken for the names of ends: a column stands before them. */
const idOf = (name: string, step: number): string =>
  name in ends ? name : `${step}:${name.slice(1)}`

function describeNode(name: string, step: number, names: Names) {
  const value = name.slice(VALUE.length)
  const { kind, label } = ends[name] ?? { kind: 'step', label: names.get(value) ?? value }
  return { id: idOf(name, step), step, label, kind }
}

interface Sum {
  node: Omit<FlowNode, 'value' | 'conversions' | 'revenue'>
  value: number
  conversions: number
  revenue: bigint
}

/** All nodes, each with the sum of what leads into it. */
function nodesOf(rows: readonly Row[], names: Names): FlowNode[] {
  const sums = new Map<string, Sum>()
  for (const row of rows) {
    const node = describeNode(text(row, 'to_node'), count(row, 'to_step'), names)
    const sum = sums.get(node.id) ?? { node, value: 0, conversions: 0, revenue: 0n }
    sums.set(node.id, {
      node,
      value: sum.value + count(row, 'value'),
      conversions: sum.conversions + count(row, 'conversions'),
      revenue: sum.revenue + toNanos(text(row, 'revenue')),
    })
  }
  return [...sums.values()]
    .sort((one, other) => one.node.step - other.node.step || other.value - one.value)
    .map(({ node, revenue, ...sum }) => ({ ...node, ...sum, revenue: Number(fromNanos(revenue)) }))
}

/** The diagram from the rows of the flow; what leads into first steps shows in the nodes only. */
export function shapeFlow(
  rows: readonly Row[],
  names: Names
): { nodes: FlowNode[]; links: FlowLink[] } {
  const links = rows
    .filter((row) => row.from_node !== 'begin')
    .map((row) => ({
      source: idOf(text(row, 'from_node'), count(row, 'from_step')),
      target: idOf(text(row, 'to_node'), count(row, 'to_step')),
      value: count(row, 'value'),
      conversions: count(row, 'conversions'),
      revenue: count(row, 'revenue'),
    }))
  return { nodes: nodesOf(rows, names), links }
}

export function shapeTotals(flow: readonly Row[], lengths: readonly Row[]): JourneyTotals {
  const paths = flow
    .filter((row) => row.from_node === 'begin')
    .reduce((sum, row) => sum + count(row, 'value'), 0)
  const all = lengths.find(({ kind }) => kind === 'totals') ?? {}
  const conversions = count(all, 'conversions')
  return {
    paths,
    conversions,
    revenue: count(all, 'revenue'),
    paths_without_touch: count(all, 'without_touch'),
    paths_without_conversion: paths - conversions,
  }
}

/** The values of a row's path; ClickHouse's arrays are lists in JSON. */
const listOf = (value: unknown): string[] => (Array.isArray(value) ? value.map(String) : [])

export function shapePaths(
  rows: readonly Row[],
  names: Names,
  options: { from: 'start' | 'end'; conversions: number }
): TopPath[] {
  return rows.map((row) => {
    const steps = listOf(row.path).map((step) => names.get(step) ?? step)
    const more = Number(row.is_longer) === 1 ? [MORE] : []
    const conversions = count(row, 'conversions')
    return {
      path: options.from === 'start' ? [...steps, ...more] : [...more, ...steps],
      conversions,
      revenue: count(row, 'revenue'),
      share: conversions / options.conversions,
      avg_days: count(row, 'avg_days'),
    }
  })
}

export function shapeLengths(rows: readonly Row[]): Lengths {
  const of = (kind: string) =>
    rows
      .filter((row) => row.kind === kind && count(row, 'length') >= 0)
      .map((row) => ({ length: count(row, 'length'), conversions: count(row, 'conversions') }))
  return {
    touches: of('touches').map(({ length, conversions }) => ({ touches: length, conversions })),
    days: of('days').map(({ length, conversions }) => ({ days: length, conversions })),
  }
}

/** Every step that the rows name. */
export function shownSteps(flow: readonly Row[], paths: readonly Row[]): string[] {
  const values = flow
    .map((row) => text(row, 'to_node'))
    .filter((name) => name.startsWith(VALUE))
    .map((name) => name.slice(VALUE.length))
  return [...new Set([...values, ...paths.flatMap(({ path }) => listOf(path))])]
}
