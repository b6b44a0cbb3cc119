import { dateOf, isoOf } from './world/calendar.ts'
import type { Clock } from './clock.ts'
import { faultOf, type Faults } from './faults.ts'
import { fieldsOf, json, type Answer, type Asked, type Fields } from './http/exchange.ts'
import type { Journal } from './journal.ts'
import { ControlError, type Vendor } from './vendor.ts'
import { shopTruth } from './world/truth.ts'
import type { World } from './world/world.ts'

export interface Controlled {
  world: World
  clock: Clock
  /** Seconds by which a vendor's clock is off. */
  skews: Map<string, number>
  faults: Faults
  journal: Journal
  vendors: readonly Vendor[]
}

const NO_CONTENT: Answer = { status: 204, body: '' }

function* listed(items: Iterable<unknown>): Generator<string> {
  let separator = '['
  for (const item of items) {
    yield `${separator}${JSON.stringify(item)}`
    separator = ','
  }
  yield separator === '[' ? '[]' : ']'
}

const isIterable = (value: unknown): value is Iterable<unknown> =>
  typeof value === 'object' && value !== null && Symbol.iterator in value

/** Long lists are made while they are sent. */
function told(value: unknown): Answer {
  if (value === undefined) return NO_CONTENT
  if (!isIterable(value)) return json(200, value)
  return { status: 200, headers: { 'content-type': 'application/json' }, body: listed(value) }
}

function clockState({ clock, skews, world }: Controlled): unknown {
  const now = clock.now()
  return {
    now: isoOf(now),
    today: dateOf(world.zone.dayAt(now)),
    time_zone: world.zone.name,
    skew_seconds: Object.fromEntries(skews),
  }
}

/** `{now?, advance_seconds?, skew_seconds?: {vendor: seconds}}` */
function moveClock(controlled: Controlled, body: Fields): unknown {
  const { now, advance_seconds: seconds, skew_seconds: skews } = body
  if (typeof now === 'string') controlled.clock.set(now)
  if (typeof seconds === 'number') controlled.clock.advance(seconds)
  for (const [vendor, skew] of Object.entries((skews ?? {}) as Fields)) {
    controlled.skews.set(vendor, Number(skew))
  }
  return clockState(controlled)
}

type Handler = (controlled: Controlled, asked: Asked) => unknown

const body = (asked: Asked): Fields => {
  if (asked.body.length === 0) return {}
  const fields = fieldsOf(asked)
  if (fields === undefined) throw new ControlError('The body has to be a JSON object')
  return fields
}

const HANDLERS: Record<string, Handler> = {
  'GET /control/health': () => ({ status: 'ok' }),
  'GET /control/clock': (controlled) => clockState(controlled),
  'POST /control/clock': (controlled, asked) => moveClock(controlled, body(asked)),
  'GET /control/faults': ({ faults }) => faults.waiting,
  'POST /control/faults': ({ faults, vendors }, asked) => {
    const fault = faultOf(body(asked))
    vendorOf(vendors, fault.vendor)
    faults.add(fault)
  },
  'DELETE /control/faults': ({ faults }) => faults.clear(),
  'GET /control/requests': ({ journal }) => ({ counts: journal.counts, latest: journal.latest }),
  'DELETE /control/requests': ({ journal }) => journal.clear(),
}

function vendorOf(vendors: readonly Vendor[], id: string): Vendor {
  const vendor = vendors.find((one) => one.id === id)
  if (vendor !== undefined) return vendor
  throw new ControlError(`Vendors are ${vendors.map((one) => one.id).join(', ')}`)
}

function own<T>(all: Record<string, T>, name: string): T {
  const found = Object.hasOwn(all, name) ? all[name] : undefined
  if (found !== undefined) return found
  throw new ControlError(`There are ${Object.keys(all).join(', ')}`)
}

function truthOf(controlled: Controlled, id: string, name: string, query: URLSearchParams) {
  if (id === 'shop') return own(shopTruth(controlled.world, controlled.clock.now()), name)(query)
  return own(vendorOf(controlled.vendors, id).truth, name)(query)
}

async function answered(controlled: Controlled, asked: Asked): Promise<unknown> {
  const handler = HANDLERS[`${asked.method} ${asked.path}`]
  if (handler !== undefined) return handler(controlled, asked)
  const [, , first = '', second = '', third = ''] = asked.path.split('/')
  if (asked.method === 'GET' && first === 'truth') {
    return truthOf(controlled, second, third, asked.query)
  }
  if (asked.method !== 'POST') throw new ControlError('There is no such control')
  return own(vendorOf(controlled.vendors, first).actions, second)(body(asked))
}

/** Answers `/control/…`: the clock, faults, counts, truths, and what may be done to each vendor. */
export async function control(controlled: Controlled, asked: Asked): Promise<Answer> {
  try {
    return told(await answered(controlled, asked))
  } catch (error) {
    if (error instanceof ControlError || error instanceof RangeError) {
      return json(400, { error: error.message })
    }
    throw error
  }
}
