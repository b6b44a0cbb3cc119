import { joinsOf, type JoinRules } from './joins.ts'
import type { KnownDocument } from './queries/known_documents.ts'

/**
 * - `named_together`: a document holds both identifiers
 * - `belongs_to`: the document holds the identifier
 * - `names`: the one document names the other
 */
export const reasons = ['named_together', 'belongs_to', 'names'] as const
export type Reason = (typeof reasons)[number]

/** Why two identifiers or documents are one person's. */
export interface Edge {
  from: bigint
  to: bigint
  reason: Reason
  /** What says so, the earliest first. */
  documents: KnownDocument[]
}

function* pairs(group: readonly bigint[]): Generator<[bigint, bigint]> {
  for (const [index, one] of group.entries())
    for (const other of group.slice(index + 1)) yield [one, other]
}

/** All joins of the documents, each with everything that says so. */
export function edgesOf(documents: readonly KnownDocument[], rules: JoinRules): Edge[] {
  const edges = new Map<string, Edge>()
  const note = (from: bigint, to: bigint, reason: Reason, document: KnownDocument) => {
    const name = from < to ? `${from} ${to}` : `${to} ${from}`
    const known = edges.get(name)
    if (known) known.documents.push(document)
    else edges.set(name, { from, to, reason, documents: [document] })
  }
  for (const document of documents) {
    const { groups, owner, linked } = joinsOf(document, rules)
    for (const group of groups)
      for (const [one, other] of pairs(group)) note(one, other, 'named_together', document)
    if (owner !== undefined) note(document.key, owner, 'belongs_to', document)
    if (linked !== undefined) note(document.key, linked, 'names', document)
  }
  return [...edges.values()]
}

/** The edges that touch each node. */
function byNode(edges: readonly Edge[]): Map<bigint, Edge[]> {
  const found = new Map<bigint, Edge[]>()
  for (const edge of edges)
    for (const node of [edge.from, edge.to]) {
      const known = found.get(node)
      if (known) known.push(edge)
      else found.set(node, [edge])
    }
  return found
}

const otherEnd = (edge: Edge, node: bigint): bigint => (edge.from === node ? edge.to : edge.from)

/** The edge that leads to each node that can be reached, on the shortest way. */
function reached(from: bigint, edges: readonly Edge[]): Map<bigint, Edge | undefined> {
  const neighbours = byNode(edges)
  const ways = new Map<bigint, Edge | undefined>([[from, undefined]])
  // A Map goes on to what is added while it is walked through.
  for (const node of ways.keys()) {
    for (const edge of neighbours.get(node) ?? []) {
      const next = otherEnd(edge, node)
      if (!ways.has(next)) ways.set(next, edge)
    }
  }
  return ways
}

/** The shortest chains of joins that end in a node, by where they begin; undefined: there is none. */
export function chainsTo(
  end: bigint,
  edges: readonly Edge[]
): (from: bigint) => Edge[] | undefined {
  const ways = reached(end, edges)
  return (from) => {
    if (!ways.has(from)) return undefined
    const chain: Edge[] = []
    let node = from
    for (let edge = ways.get(node); edge !== undefined; edge = ways.get(node)) {
      const next = otherEnd(edge, node)
      chain.push({ ...edge, from: node, to: next })
      node = next
    }
    return chain
  }
}
