import { z, type Http } from '@analyticaflow/sdk'
import { expected } from '../ask.ts'
import type { BulkEntry } from '../orders/complete.ts'
import { BulkOrder, LineItem } from '../orders/rows.ts'

/** Place of an order in the order of updates. */
export type Key = [updatedAt: string, id: string]

/** Text of orders that is held at once. A file may be of any size. */
const BYTES_AT_ONCE = 8 * 1024 * 1024
/** Where the vendor does not say how large the file is. */
const ORDERS_AT_ONCE = 1000

/** A line of the file: an order, or one of its lines with the id of the order. */
const Line = z.looseObject({
  id: z.string(),
  __parentId: z.string().optional(),
  updatedAt: z.string().optional(),
})
type Line = z.infer<typeof Line>

/** A finished file of orders, and which of them count. */
export interface BulkFile {
  url: string
  orders: number
  bytes: number
  /** An order that changed while the file was written stands in it with a later time: it comes again. */
  before: string
}

const compare = ([a, idA]: Key, [b, idB]: Key): number =>
  Date.parse(a) - Date.parse(b) || (idA < idB ? -1 : idA > idB ? 1 : 0)

const keyOf = ({ updatedAt = '', id }: Line): Key => [updatedAt, id]

async function* linesOf(http: Pick<Http, 'lines'>, { url }: BulkFile): AsyncGenerator<Line> {
  for await (const { rows } of http.lines(url, { row: Line })) yield* rows
}

/** Orders that are held at once: as many as fit on average. */
function capacityOf({ orders, bytes }: BulkFile): number {
  if (bytes === 0 || orders === 0) return ORDERS_AT_ONCE
  return Math.max(1, Math.floor((orders * BYTES_AT_ONCE) / bytes))
}

/** The first `size` orders behind `after`: their keys, whatever the order of the file. */
async function select(
  http: Pick<Http, 'lines'>,
  file: BulkFile,
  after: Key | null,
  size: number
): Promise<Key[]> {
  let keys: Key[] = []
  const keepFirst = () => {
    keys = keys.sort(compare).slice(0, size)
  }
  for await (const line of linesOf(http, file)) {
    if (line.__parentId !== undefined) continue
    const key = keyOf(line)
    if (Date.parse(key[0]) >= Date.parse(file.before)) continue
    if (after !== null && compare(key, after) <= 0) continue
    keys.push(key)
    if (keys.length >= 2 * size) keepFirst()
  }
  keepFirst()
  return keys
}

/** The orders of these keys with their lines: a line may stand before its order, or far behind it. */
async function collect(
  http: Pick<Http, 'lines'>,
  file: BulkFile,
  keys: readonly Key[]
): Promise<BulkEntry[]> {
  const heads = new Map<string, BulkOrder>()
  const lineItems = new Map(keys.map(([, id]): [string, LineItem[]] => [id, []]))
  for await (const line of linesOf(http, file)) {
    if (line.__parentId !== undefined)
      lineItems.get(line.__parentId)?.push(expected(LineItem, line))
    else if (lineItems.has(line.id)) heads.set(line.id, expected(BulkOrder, line))
  }
  return keys.flatMap(([, id]) => {
    const order = heads.get(id)
    return order === undefined ? [] : [{ order, lineItems: lineItems.get(id) ?? [] }]
  })
}

/**
 * The orders of a file in the order of their updates, from `after` on, in lots that fit into memory.
 *
 * TRICKY: nothing in the file stands where one would look for it (since 2026-01 it is not even grouped),
 * and it may be larger than memory. So it is read several times: once to find out which orders come
 * next, once to collect these.
 */
export async function* entriesOf(
  http: Pick<Http, 'lines'>,
  file: BulkFile,
  after: Key | null
): AsyncGenerator<BulkEntry[]> {
  const size = capacityOf(file)
  for (let last = after; ;) {
    const keys = await select(http, file, last, size)
    if (keys.length > 0) yield await collect(http, file, keys)
    if (keys.length < size) return
    last = keys.at(-1) ?? last
  }
}
