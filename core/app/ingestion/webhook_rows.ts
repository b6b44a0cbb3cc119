import { SourceError, type Context, type Stream, type Topic } from '@analyticaflow/sdk'
import type { Delivery } from '#connections/public'

type Entity = Extract<Stream, { kind: 'entity' }>['def']

/** What deliveries tell of one stream. */
export interface ToldRows {
  rows: unknown[]
  /** Keys of rows that the vendor has no more. */
  deleted: string[][]
  /** Deliveries behind the rows. */
  told: string[]
  /** Deliveries that make no sense, with the reason. */
  failed: Map<string, string>
}

function bodyOf({ body }: Delivery): Record<string, unknown> {
  const parsed: unknown = JSON.parse(body.toString('utf8'))
  if (typeof parsed === 'object' && parsed !== null) return parsed as Record<string, unknown>
  throw new SyntaxError('no object')
}

async function refetched(def: Entity, keys: string[][], context: Context): Promise<ToldRows> {
  const told: ToldRows = { rows: [], deleted: [], told: [], failed: new Map() }
  for (const key of keys) {
    if (def.refetch === undefined) {
      throw new SourceError('vendor_response', 'The source cannot fetch one row again.')
    }
    const row = await def.refetch(context, key)
    if (row === null) told.deleted.push(key)
    else told.rows.push(row)
  }
  return told
}

const UNREADABLE = 'The call could not be read.'

/** A row that is not what the source says it is would stop the stream: it is set aside here. */
function readable(def: Entity, rows: readonly unknown[]): unknown[] {
  return rows.map((row) => {
    const parsed = def.row.safeParse(row)
    if (!parsed.success) throw new SyntaxError('no row')
    return row
  })
}

/** Rows of one call, or the keys that are to be fetched again. */
function read(def: Entity, topic: Topic<string>, delivery: Delivery) {
  const body = bodyOf(delivery)
  if ('keys' in topic) return { rows: [], keys: topic.keys(body) }
  return { rows: readable(def, topic.rows(body)), keys: [] as string[][] }
}

/**
 * What calls of a vendor tell. A call that cannot be read is set aside with its reason, the rest goes on.
 *
 * @throws SourceError what `refetch` throws: the vendor is asked, and may be away
 */
export async function toldRows(
  def: Entity,
  topics: Record<string, Topic<string>>,
  deliveries: readonly Delivery[],
  context: Context
): Promise<ToldRows> {
  const rows: unknown[] = []
  const keys = new Map<string, string[]>()
  const told: string[] = []
  const failed = new Map<string, string>()
  for (const delivery of deliveries) {
    const topic = topics[delivery.topic]
    if (topic === undefined) continue
    try {
      const found = read(def, topic, delivery)
      rows.push(...found.rows)
      for (const key of found.keys) keys.set(JSON.stringify(key), key)
      told.push(delivery.id)
    } catch {
      // TRICKY: the error quotes what came, which is personal; the reason is enough.
      failed.set(delivery.id, UNREADABLE)
    }
  }
  const fetched = await refetched(def, [...keys.values()], context)
  return { rows: [...rows, ...fetched.rows], deleted: fetched.deleted, told, failed }
}
