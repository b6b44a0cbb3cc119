import type { z } from 'zod'
import { invalidField, Problem } from '#shared/http/problem'
import type { Version } from '#warehouse/public'
import { chainsTo, edgesOf, type Edge } from './explain.ts'
import { Splits, type JoinRules } from './joins.ts'
import { parseKey } from './node_keys.ts'
import {
  documentsOf,
  documentsOfPerson,
  personsOf,
  type KnownDocument,
} from './queries/known_documents.ts'
import { nodesOf, type Node } from './queries/nodes.ts'
import { documentView, nodeView, type EdgeView, type PersonView } from './schemas.ts'
import { projectIdentity } from './settings.ts'

/** Documents of one person that are looked at, and what of it is told at most. */
const LOOKED_AT = 20_000
const TOLD = 500
const DOCUMENTS_OF_AN_EDGE = 10

/** Both ends of a question why two are one person. */
export interface Ends {
  from: string
  to: string
}

interface Explained {
  person: bigint
  documents: KnownDocument[]
  nodes: Map<bigint, Node>
  edges: Edge[]
  blocked: ReadonlySet<bigint>
}

/** The person that an id stands for now: who was merged away is found by any identifier they had. */
async function livingPerson(version: Version, id: string): Promise<bigint> {
  const missing = new Problem('not_found', { detail: 'There is no such person' })
  const key = parseKey(id)
  if (key === undefined) throw missing
  const known = (await personsOf(version, [key])).get(key)
  if (known) return known.person
  if ((await documentsOf(version, [key], 1)).length === 0) throw missing
  return key
}

async function rulesFor(version: Version, documents: readonly KnownDocument[]): Promise<JoinRules> {
  const aliases = [...new Set(documents.flatMap((document) => document.aliases))]
  const persons = await personsOf(version, aliases)
  const { splits } = await projectIdentity(version.projectId)
  return {
    blocked: new Set(aliases.filter((alias) => persons.get(alias)?.isBlocked)),
    splits: new Splits(splits.map(([one, other]) => [BigInt(one), BigInt(other)] as const)),
  }
}

async function explain(version: Version, person: bigint): Promise<Explained> {
  const documents = await documentsOfPerson(version, person, LOOKED_AT)
  const rules = await rulesFor(version, documents)
  const persons = await personsOf(version, [...nodesOf(documents).keys()])
  const isMember = (key: bigint) => key === person || persons.get(key)?.person === person
  const nodes = new Map([...nodesOf(documents)].filter(([key]) => isMember(key)))
  const edges = edgesOf(documents, rules).filter(({ from, to }) => isMember(from) && isMember(to))
  return { person, documents, nodes, edges, blocked: rules.blocked }
}

type EdgeShown = z.input<typeof EdgeView>

function edgeView({ from, to, reason, documents }: Edge, nodes: Map<bigint, Node>): EdgeShown {
  return {
    from: nodeView(from, nodes.get(from)),
    to: nodeView(to, nodes.get(to)),
    reason,
    documents: documents.slice(0, DOCUMENTS_OF_AN_EDGE).map(documentView),
    documents_count: documents.length,
  }
}

/** One of the person's own nodes, by its key or as `type:value`. */
function nodeOf(field: 'from' | 'to', asked: string, { nodes }: Explained): bigint {
  const key = parseKey(asked)
  if (key !== undefined && nodes.has(key)) return key
  const [type, ...rest] = asked.split(':')
  const value = rest.join(':')
  for (const node of nodes.values()) if (node.type === type && node.value === value) return node.key
  throw invalidField(field, 'member', 'The person has no such identifier or document')
}

function chainOf(explained: Explained, ends: Ends | undefined): EdgeShown[] | null {
  if (ends === undefined) return null
  const [from, to] = [nodeOf('from', ends.from, explained), nodeOf('to', ends.to, explained)]
  const chain = chainsTo(to, explained.edges)(from)
  return chain?.map((edge) => edgeView(edge, explained.nodes)) ?? null
}

/** Everything that makes the identifiers of a person one person's. */
export async function explainPerson(
  version: Version,
  id: string,
  ends?: Ends
): Promise<z.input<typeof PersonView>> {
  const explained = await explain(version, await livingPerson(version, id))
  const { person, documents, nodes, edges, blocked } = explained
  const isDocument = new Set(documents.map(({ key }) => key))
  const known = nodesOf(documents)
  return {
    person_id: String(person),
    identifiers: [...nodes.values()]
      .filter(({ key }) => !isDocument.has(key))
      .slice(0, TOLD)
      .map((node) => nodeView(node.key, node)),
    documents: documents
      .filter(({ key }) => nodes.has(key))
      .slice(0, TOLD)
      .map(documentView),
    edges: edges.slice(0, TOLD).map((edge) => edgeView(edge, nodes)),
    blocked: [...blocked].slice(0, TOLD).map((key) => nodeView(key, known.get(key))),
    chain: chainOf(explained, ends),
    is_complete: documents.length < LOOKED_AT && nodes.size <= TOLD && edges.length <= TOLD,
  }
}

/**
 * Why identifiers or documents are of the same person as a document: from each the shortest chain of joins
 * to it, null where none is known.
 *
 * @param person whose the document is
 */
export async function chainsToDocument(
  version: Version,
  person: string,
  { document, from }: { document: string; from: readonly string[] }
): Promise<Map<string, EdgeShown[] | null>> {
  const { edges, nodes } = await explain(version, BigInt(person))
  const chainFrom = chainsTo(BigInt(document), edges)
  return new Map(
    from.map((key) => [key, chainFrom(BigInt(key))?.map((edge) => edgeView(edge, nodes)) ?? null])
  )
}
