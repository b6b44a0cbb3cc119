import {
  noIdentitySettings,
  PersonRefresh,
  writeIdentityLinks,
  type DocumentRow,
  type RefreshSettings,
  type Version,
} from '#warehouse/public'
import { Splits, type LinkedDocument } from './joins.ts'
import { PersonGraph } from './person_graph.ts'

const documentOf = ([
  key,
  time,
  aliases,
  isOwned,
  linked,
  isTouch,
]: DocumentRow): LinkedDocument => ({
  key: BigInt(key),
  time: Number(time),
  aliases: aliases.map(BigInt),
  isOwned,
  linked: BigInt(linked),
  isTouch,
})

/**
 * Brings persons in line with what the commit changed: after `order_work` is filled, before anything asks
 * whose an order is. Costs the change and the persons that it touches, not the history.
 *
 * @param hasOrders whether any orders were recomputed
 * @returns whether anybody may be somebody else now
 */
export async function refreshIdentity(
  version: Version,
  settings: RefreshSettings,
  hasOrders: boolean
): Promise<boolean> {
  const { splits, changedSplits, everything } = settings.identity ?? noIdentitySettings
  const isChanged = await writeIdentityLinks(version, settings, hasOrders)
  const isAsked = everything || settings.everything === true || changedSplits.length > 0
  if (!isChanged && !isAsked) return false
  const refresh = new PersonRefresh(version, settings)
  await refresh.prepare()
  const graph = new PersonGraph({
    blocked: await refresh.blocked(),
    splits: new Splits(splits.map(([one, other]) => [BigInt(one), BigInt(other)] as const)),
  })
  for await (const part of refresh.documents()) for (const row of part) graph.add(documentOf(row))
  await refresh.write(graph.persons())
  return true
}
