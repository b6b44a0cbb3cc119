import { DateTime } from 'luxon'
import { NOT_SET, type Step } from '#attribution/public'
import { reachParams } from '#warehouse/public'
import type { Names } from '../attribution/players.ts'
import type { Reading } from '../attribution/reading.ts'
import type { Row } from '../queries/run_statement.ts'
import type { FoundOrder } from './find_order.ts'
import { pathSql, touchesSql } from './path_sql.ts'
import type { TouchView } from './schemas.ts'

const DAY_MS = 86_400_000
const DAYS_BEFORE = 365
const DAYS_AFTER = 30

/** Touches that are shown of a person who may have very many. */
export const SHOWN = 500
const MOST_TOUCHES = 1_000_000

const dayOf = (time: number): string => DateTime.fromMillis(time, { zone: 'utc' }).toISODate() ?? ''

/** Days of any time zone that may hold a moment of these. */
function around({ time }: FoundOrder) {
  const earliest = Math.max(0, time - DAYS_BEFORE * DAY_MS)
  const latest = time + DAYS_AFTER * DAY_MS
  return {
    earliest,
    latest,
    around_from: dayOf(Math.max(0, earliest - DAY_MS)),
    around_to: dayOf(latest + DAY_MS),
  }
}

const orNull = (row: Row, column: string): string | null => String(row[column] ?? '') || null

/** The order's eligible touches, in order; of an order that is no conversion there are none. */
export async function readPath(
  reading: Reading,
  { names, isLimited }: Names,
  { key, view }: FoundOrder
): Promise<Step[]> {
  const { plan } = reading
  const statement = reading.prepare('path', pathSql(plan, isLimited), {
    ...reachParams({ from: view.date, to: view.date }, plan.window_days),
    order_key: key,
    order_date: view.date,
    names,
  })
  const found = await reading.run(statement, MOST_TOUCHES)
  return found.map((row) => ({
    id: String(row.id),
    time: Number(row.time),
    isDirect: Boolean(row.is_direct),
    player: String(row.player),
  }))
}

type Judgement = Pick<TouchView, 'eligible' | 'reason'>

/** Whether a touch may be credited with the order, and why not. */
function judge(time: number, order: FoundOrder, isOnPath: boolean, opens: number): Judgement {
  if (isOnPath) return { eligible: true, reason: null }
  if (time > order.time) return { eligible: false, reason: 'after_conversion' }
  if (time < opens) return { eligible: false, reason: 'before_window' }
  return { eligible: false, reason: 'no_conversion' }
}

const kinds = ['session', 'touchpoint'] as const

function touchOf(row: Row): Omit<TouchView, keyof Judgement> {
  return {
    id: String(row.id),
    alias_id: String(row.alias),
    at: String(row.at),
    kind: kinds.find((kind) => kind === row.kind) ?? 'touchpoint',
    integration_id: String(row.integration_id),
    player: String(row.player),
    is_direct: Boolean(row.is_direct),
    channel: orNull(row, 'channel'),
    source: orNull(row, 'source'),
    medium: orNull(row, 'medium'),
    campaign: orNull(row, 'campaign'),
    ad: orNull(row, 'ad'),
    keyword: orNull(row, 'keyword'),
    landing_page: orNull(row, 'landing_page'),
    country: orNull(row, 'country'),
    device: orNull(row, 'device'),
  }
}

/** What the order says itself, where that is a touch of its path. */
function ownTouch({ view, key }: FoundOrder, path: readonly Step[]): TouchView[] {
  return path
    .filter(({ id }) => id === key)
    .map(({ player, isDirect }) => ({
      id: key,
      alias_id: null,
      at: view.ordered_at,
      kind: 'order',
      integration_id: view.integration_id,
      player: player || NOT_SET,
      is_direct: isDirect,
      ...view.origin,
      ad: null,
      keyword: null,
      country: view.country,
      device: view.device,
      eligible: true,
      reason: null,
    }))
}

export interface Touches {
  shown: TouchView[]
  known: number
}

/** The touches of the order's person around it, each with whether it may be credited. */
export async function readTouches(
  reading: Reading,
  { names, isLimited }: Names,
  order: FoundOrder,
  path: readonly Step[]
): Promise<Touches> {
  const own = ownTouch(order, path)
  if (order.view.person_id === null) return { shown: own, known: own.length }
  const found = await reading.read('touches', touchesSql(reading.plan, isLimited), {
    ...around(order),
    person: order.view.person_id,
    order_time: order.time,
    rows: SHOWN,
    names,
  })
  const onPath = new Set(path.map(({ id }) => id))
  const opens = order.time - reading.plan.window_days * DAY_MS
  const inOrder = [...found].sort(
    (one, other) => Number(one.time) - Number(other.time) || compareKeys(one.id, other.id)
  )
  const touches = inOrder.map((row) => ({
    ...touchOf(row),
    ...judge(Number(row.time), order, onPath.has(String(row.id)), opens),
  }))
  return { shown: [...touches, ...own], known: Number(found[0]?.known ?? 0) + own.length }
}

function compareKeys(one: Row[string] | undefined, other: Row[string] | undefined): number {
  return BigInt(one ?? 0) < BigInt(other ?? 0) ? -1 : 1
}
