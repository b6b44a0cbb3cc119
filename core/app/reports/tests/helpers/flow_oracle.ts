import type { FlowLink } from '../../journeys/schemas.ts'
import type { Sale, Visit } from './paths.ts'

/** What the oracle is asked; as the request, everything said. */
export interface FlowQuestion {
  depth: number
  from: 'start' | 'end'
  include: 'converted' | 'all'
  collapse_repeats: boolean
  window_days: number
  min_share: number
  customers: 'all' | 'new'
}

export interface OraclePath {
  steps: string[]
  converts: boolean
  cents: number
}

const ms = (at: string) => Date.parse(at)
const byTime = (one: Visit, other: Visit) => ms(one.at) - ms(other.at) || one.key - other.key

const collapse = (steps: readonly string[]) =>
  steps.filter((step, place) => place === 0 || step !== steps[place - 1])

/** All paths of persons, told the long way round: person by person. */
export function pathsOf(
  visits: readonly Visit[],
  sales: readonly Sale[],
  question: FlowQuestion
): OraclePath[] {
  const touchesOf = (person: number) => visits.filter(({ alias }) => alias === person).sort(byTime)
  const converted = sales
    .filter(({ isNew }) => question.customers === 'all' || isNew)
    .map((sale) => ({
      touches: touchesOf(sale.person).filter(
        ({ at }) =>
          ms(at) <= ms(sale.at) && ms(at) >= ms(sale.at) - question.window_days * 86_400_000
      ),
      converts: true,
      cents: Math.round(Number(sale.gross) * 100),
    }))
  const people = [...new Set(visits.map(({ alias }) => alias))].filter(
    (person) => question.customers === 'all' || !sales.some((sale) => sale.person === person)
  )
  const lost = people.map((person) => {
    const last = Math.max(...sales.filter((sale) => sale.person === person).map(({ at }) => ms(at)))
    return {
      touches: touchesOf(person).filter(({ at }) => ms(at) > last),
      converts: false,
      cents: 0,
    }
  })
  const all = [
    ...converted,
    ...(question.include === 'all' ? lost.filter(({ touches }) => touches.length > 0) : []),
  ]
  return all.map(({ touches, ...path }) => {
    const steps = touches.map(({ channel = '' }) => channel)
    return { ...path, steps: question.collapse_repeats ? collapse(steps) : steps }
  })
}

/** The nodes that a path leads through. */
function nodesOf({ steps, converts }: OraclePath, { depth, from }: FlowQuestion): string[] {
  const shown = from === 'start' ? steps.slice(0, depth) : steps.slice(-depth)
  const named = shown.map((step, place) =>
    from === 'start' ? `${place + 1}:${step}` : `${place - shown.length}:${step}`
  )
  const between = named.length > 0 ? named : ['no_touch']
  const more = steps.length > depth ? ['more'] : []
  const end = converts ? 'conversion' : 'no_conversion'
  return from === 'start' ? [...between, ...more, end] : [...more, ...between, end]
}

const fold = (node: string) => `${node.slice(0, node.indexOf(':'))}:(other)`

/** The ways with steps that too few others lead through folded. */
function foldRare(ways: readonly string[][], { min_share: share }: FlowQuestion): string[][] {
  const through = new Map<string, number>()
  for (const node of ways.flat()) through.set(node, (through.get(node) ?? 0) + 1)
  const isRare = (node: string) =>
    node.includes(':') && (through.get(node) ?? 0) < share * ways.length
  return ways.map((nodes) => nodes.map((node) => (isRare(node) ? fold(node) : node)))
}

const nothing = { value: 0, conversions: 0, revenue: 0 }

/** The links of the flow, by their ends. */
export function linksOf(paths: readonly OraclePath[], question: FlowQuestion): FlowLink[] {
  const ways = foldRare(
    paths.map((path) => nodesOf(path, question)),
    question
  )
  const links = new Map<string, FlowLink>()
  for (const [place, { converts, cents }] of paths.entries()) {
    const nodes = ways[place] ?? []
    for (const [before, target] of nodes.slice(1).entries()) {
      const source = nodes[before] ?? ''
      const known = links.get(`${source} ${target}`) ?? nothing
      links.set(`${source} ${target}`, {
        source,
        target,
        value: known.value + 1,
        conversions: known.conversions + Number(converts),
        revenue: Math.round(known.revenue * 100 + cents) / 100,
      })
    }
  }
  return [...links.values()]
}
