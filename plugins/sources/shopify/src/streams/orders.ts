import { entityStream, Instant, z, type Context, type Json, type Page } from '@analyticaflow/sdk'
import { askOf } from '../ask.ts'
import { BulkPosition, readHistory, startOfHistory } from '../bulk/history.ts'
import { endOfRead } from '../clock.ts'
import { Config } from '../config.ts'
import { connection } from '../connection.ts'
import { gidOf } from '../ids.ts'
import { completeOrder } from '../orders/complete.ts'
import { factsOf } from '../orders/map.ts'
import { OrderRow, PagedOrder } from '../orders/rows.ts'
import { OLDEST_ORDER, orderById, ordersInBulk, ordersPage } from '../orders/selection.ts'
import { startOfWindow } from '../orders/window.ts'
import { readPaged, type Span } from '../paged.ts'
import { ORDER_WINDOW_DAYS } from '../vendor.ts'

const PAGE_SIZE = 25

const DAY = 86_400_000
/** What goes further back is read by bulk operations: they cost no points, but each takes a while. */
const PAGED_SPAN = 7 * DAY

const Orders = z.object({ orders: connection(PagedOrder) })
const OneOrder = z.object({ order: PagedOrder.nullable() })
const Oldest = z.object({
  orders: z.object({ nodes: z.array(z.object({ updatedAt: Instant })) }),
})

type Shop = Context<typeof Config>

const accessOf = ({ config }: Shop) => ({ personal: config.personal_data })

function historyFrom(context: Shop, start: BulkPosition) {
  const query = (filter: string) => ordersInBulk(accessOf(context), filter)
  return readHistory({ ask: askOf(context), context, query }, start)
}

const pagesOf = (context: Shop, span: Span | null, resume: Json) =>
  readPaged(
    askOf(context),
    {
      query: ordersPage(accessOf(context)),
      size: PAGE_SIZE,
      answer: Orders,
      rows: async ({ orders: { nodes, pageInfo } }) => {
        const rows = []
        for (const order of nodes) rows.push(await completeOrder(askOf(context), order))
        return { nodes: rows, pageInfo }
      },
    },
    span,
    resume
  )

/** Where a read that starts now has to begin; undefined: there is nothing. */
async function startOf(context: Shop, since: string | null): Promise<string | undefined> {
  if (since !== null) return since
  const { orders: oldest } = await askOf(context)(OLDEST_ORDER, Oldest)
  return oldest.nodes[0]?.updatedAt
}

async function* readFrom(
  context: Shop,
  since: string | null,
  to: string
): AsyncGenerator<Page<OrderRow>> {
  const from = await startOf(context, since)
  if (from === undefined) yield { rows: [], next: null }
  else if (Date.parse(to) - Date.parse(from) > PAGED_SPAN) {
    yield* historyFrom(context, startOfHistory(from, to))
  } else yield* pagesOf(context, { from, to }, null)
}

/** A first read tells where Shopify begins to show orders; it is resumed without saying so again. */
async function* readAnew(context: Shop, since: string | null): AsyncGenerator<Page<OrderRow>> {
  const to = await endOfRead(context)
  const historyFrom = since === null ? await startOfWindow(askOf(context), to) : undefined
  if (historyFrom === undefined) {
    yield* readFrom(context, since, to)
    return
  }
  context.log(
    `Shopify hides orders from before ${historyFrom.slice(0, 10)}: it shows this app the last ${ORDER_WINDOW_DAYS} days only.`
  )
  for await (const page of readFrom(context, since, to)) yield { ...page, historyFrom }
}

function read(context: Shop, since: string | null, resume: Json): AsyncIterable<Page<OrderRow>> {
  if (resume === null) return readAnew(context, since)
  const running = BulkPosition.safeParse(resume)
  return running.success ? historyFrom(context, running.data) : pagesOf(context, null, resume)
}

export const orders = entityStream(Config, {
  title: 'Orders, refunds and the visits before them',
  emits: ['order', 'refund', 'touchpoint'],
  row: OrderRow,
  key: ['legacyResourceId'],
  updatedAt: 'updatedAt',
  // The visits before an order are put together some time after it, which does not count as an update.
  overlapMinutes: 6 * 60,
  read: (context, { since }, resume) => read(context, since, resume),
  async refetch(context, [number = '']) {
    const ask = askOf(context)
    const id = gidOf('Order', number)
    const { order } = await ask(orderById(accessOf(context)), OneOrder, { id })
    return order && completeOrder(ask, order)
  },
  map: factsOf,
})
