import { chainsToDocument } from '#identity/public'
import type { Version } from '#warehouse/public'
import type { FoundOrder } from './find_order.ts'
import type { ChainView, TouchView } from './schemas.ts'

/** A person may have very many touches under identifiers of their own. */
const MOST_CHAINS = 50

/** Why the touches are of the order's person: eligible ones first. */
export async function readChains(
  version: Version,
  { view, key }: FoundOrder,
  touches: readonly TouchView[]
): Promise<ChainView[]> {
  if (view.person_id === null) return []
  const ranked = [...touches.filter(({ eligible }) => eligible), ...touches]
  const aliases = [...new Set(ranked.flatMap(({ alias_id: alias }) => alias ?? []))]
  const from = aliases.slice(0, MOST_CHAINS)
  if (from.length === 0) return []
  const chains = await chainsToDocument(version, view.person_id, { document: key, from })
  return [...chains].map(([alias, chain]) => ({ alias_id: alias, chain }))
}
