import { z } from '@analyticaflow/sdk'
import type { Ask } from '../ask.ts'
import { rest, vanished, type Connection } from '../connection.ts'
import { byNumber } from '../ids.ts'
import {
  LineItems,
  Moments,
  RefundLineItems,
  type BulkOrder,
  type LineItem,
  type OrderRow,
  type PagedOrder,
  type Visit,
} from './rows.ts'
import { LISTS_BY_ID, MORE } from './selection.ts'

/** Ids of one query for lists; each brings a page of its own, so few points are asked for at once. */
const IDS_AT_ONCE = 25

const answerOf = <S extends z.ZodType>(list: S) => z.object({ node: z.object({ list }).nullable() })

const schemas = {
  lineItems: answerOf(LineItems),
  refundLineItems: answerOf(RefundLineItems),
  moments: z.object({ node: z.object({ journey: z.object({ list: Moments }) }).nullable() }),
}

const OrderLists = z.object({
  id: z.string(),
  refunds: z.array(z.object({ id: z.string(), refundLineItems: RefundLineItems })),
  customerJourneySummary: z.object({ moments: Moments.nullable() }).nullable(),
})
type OrderLists = z.output<typeof OrderLists>

const Lists = z.object({ nodes: z.array(OrderLists.nullable()) })

const lineItemsOf = (ask: Ask, id: string, first: Connection<LineItem>) =>
  rest(first, async (after) => {
    const { node } = await ask(MORE.lineItems, schemas.lineItems, { id, after })
    return node?.list
  })

const refundLinesOf = (ask: Ask, id: string, first: z.output<typeof RefundLineItems>) =>
  rest(first, async (after) => {
    const { node } = await ask(MORE.refundLineItems, schemas.refundLineItems, { id, after })
    return node?.list
  })

const isVisit = (moment: object): moment is Visit => 'id' in moment

async function visitsOf(
  ask: Ask,
  id: string,
  first: z.output<typeof Moments> | null | undefined
): Promise<Visit[]> {
  if (first == null) return []
  const moments = await rest(first, async (after) => {
    const { node } = await ask(MORE.moments, schemas.moments, { id, after })
    return node?.journey.list
  })
  return moments.filter(isVisit)
}

/** First and last visit are told apart from the moments, and where there are no moments they are all. */
function journeyOf(
  head: NonNullable<BulkOrder['customerJourneySummary']>,
  moments: Visit[]
): NonNullable<OrderRow['journey']> {
  const { ready, firstVisit, lastVisit } = head
  const known = [firstVisit, lastVisit, ...moments].filter((visit) => visit !== null)
  const byId = new Map(known.map((visit) => [visit.id, visit]))
  const visits = [...byId.values()].sort(
    (a, b) => a.occurredAt.localeCompare(b.occurredAt) || a.id.localeCompare(b.id)
  )
  return { ready, visits, lastVisit }
}

/** Files have lines in any order; an order that has not changed has to read the same in both ways. */
const inOrder = (lines: readonly LineItem[]): LineItem[] => lines.toSorted(byNumber)

/** An order of a page with all of its lists. */
export async function completeOrder(ask: Ask, paged: PagedOrder): Promise<OrderRow> {
  const { customerJourneySummary: summary, lineItems, refunds, ...head } = paged
  const journey = summary && journeyOf(summary, await visitsOf(ask, head.id, summary.moments))
  const completed = []
  for (const refund of refunds) {
    const lines = await refundLinesOf(ask, refund.id, refund.refundLineItems)
    completed.push({ ...refund, refundLineItems: lines })
  }
  return {
    ...head,
    lineItems: inOrder(await lineItemsOf(ask, head.id, lineItems)),
    refunds: completed,
    journey,
  }
}

/** Refund lines never come with a file; of visits the first and the last do. */
const isPartial = ({ refunds, customerJourneySummary: summary }: BulkOrder): boolean =>
  refunds.length > 0 || (summary?.momentsCount?.count ?? 0) > 2

/** An order of a bulk operation and its lines. */
export interface BulkEntry {
  order: BulkOrder
  lineItems: LineItem[]
}

async function listsOf(ask: Ask, ids: readonly string[]): Promise<Map<string, OrderLists>> {
  const lists = new Map<string, OrderLists>()
  for (let from = 0; from < ids.length; from += IDS_AT_ONCE) {
    const some = ids.slice(from, from + IDS_AT_ONCE)
    const { nodes } = await ask(LISTS_BY_ID, Lists, { ids: some })
    for (const node of nodes) if (node !== null) lists.set(node.id, node)
  }
  return lists
}

async function completeEntry(
  ask: Ask,
  { order, lineItems }: BulkEntry,
  lists: OrderLists | undefined
): Promise<OrderRow> {
  const { customerJourneySummary: summary, refunds, ...head } = order
  const first = lists?.customerJourneySummary?.moments
  const journey = summary && journeyOf(summary, await visitsOf(ask, head.id, first))
  const completed = []
  for (const refund of refunds) {
    const own = lists?.refunds.find(({ id }) => id === refund.id) ?? vanished()
    const refundLineItems = await refundLinesOf(ask, refund.id, own.refundLineItems)
    completed.push({ ...refund, refundLineItems })
  }
  return { ...head, lineItems: inOrder(lineItems), refunds: completed, journey }
}

/** Orders of a bulk operation with the lists that it leaves out, asked for together. */
export async function completeEntries(
  ask: Ask,
  entries: readonly BulkEntry[]
): Promise<OrderRow[]> {
  const partial = entries.filter(({ order }) => isPartial(order))
  const lists = await listsOf(
    ask,
    partial.map(({ order }) => order.id)
  )
  const rows: OrderRow[] = []
  for (const entry of entries) {
    const own = lists.get(entry.order.id)
    // An order that is deleted meanwhile is gone: it has no lists, and no facts any more.
    if (own !== undefined || !isPartial(entry.order))
      rows.push(await completeEntry(ask, entry, own))
  }
  return rows
}
