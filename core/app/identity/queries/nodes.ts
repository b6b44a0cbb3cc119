import type { Version } from '#warehouse/public'
import { documentsNaming, type KnownDocument } from './known_documents.ts'

/** An identifier or a document as people know it. */
export interface Node {
  key: bigint
  type: string
  value: string
}

/** All identifiers and owned documents that the documents hold, by key. */
export function nodesOf(documents: readonly KnownDocument[]): Map<bigint, Node> {
  const nodes = new Map<bigint, Node>()
  for (const { key, type, id, aliases, types, values } of documents) {
    nodes.set(key, { key, type, value: id })
    for (const [index, alias] of aliases.entries())
      nodes.set(alias, { key: alias, type: types[index] ?? '', value: values[index] ?? '' })
  }
  return nodes
}

/** What is behind these keys; those of which nothing is known any more are left out. */
export async function namesOf(
  version: Version,
  keys: readonly bigint[]
): Promise<Map<bigint, Node>> {
  return keys.length === 0 ? new Map() : nodesOf(await documentsNaming(version, keys))
}
