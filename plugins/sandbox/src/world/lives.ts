import { DAY, type Zone } from './calendar.ts'
import { orderAfter } from './orders.ts'
import { chancesOf, personOf } from './people.ts'
import { chance, exponential, mix, normal, poisson, unit } from './random.ts'
import { season } from './season.ts'
import { touch, type Market, type Stage } from './touches.ts'
import type { Life, Person, WorldOptions } from './types.ts'

const ARRIVALS = 7
const MAX_PURCHASES = 12
const MAX_TOUCHES = 7

/** How much more readily somebody buys who has bought before. */
const TRUST = 2.1
const REPEAT = 0.62
const GAP_DAYS = 48

export function arrivalsOf(options: WorldOptions, day: number, firstDay: number): number {
  const mean = options.peoplePerDay * season(day, firstDay)
  return poisson(chance(options.seed, ARRIVALS, day), 1, mean)
}

/** Between seven in the morning and midnight. */
const wakingSecond = (state: number, key: number): number =>
  Math.floor((7 + 17 * Math.sqrt(unit(state, key)) * 0.98) * 3600)

interface Attempt {
  state: number
  start: number
  ordinal: number
}

/** What an attempt comes to: how much it inclined somebody to buy, and when it was over. */
interface Outcome {
  interest: number
  end: number
}

const stageOf = (index: number, ordinal: number): Stage => {
  if (index > 0) return 'later'
  return ordinal > 0 ? 'known' : 'first'
}

function meet(market: Market, zone: Zone, life: Life, { state, start, ordinal }: Attempt): Outcome {
  const touches = Math.min(MAX_TOUCHES, 1 + poisson(state, 3, 1.7))
  let interest = 0
  let at = start
  for (let index = 0; index < touches; index += 1) {
    const own = mix(state, 100 + index)
    if (index > 0) at += 1200 + Math.floor(exponential(own, 1, 1.5 * DAY))
    const stage = stageOf(index, ordinal)
    const deviceIndex = unit(own, 2) < 0.42 ? life.person.devices.length - 1 : 0
    const found = touch(market, own, { at, day: zone.dayAt(at), stage, deviceIndex })
    if (found.click) life.clicks.push(found.click)
    if (found.visit) life.visits.push(found.visit)
    interest += found.lift
  }
  return { interest, end: at }
}

/**
 * One search for something to buy; returns when it was over. Its times, drivers, inclination and
 * basket are drawn before anything is known of its outcome, so that thinking a campaign away moves
 * nothing else: the orders without it are among the orders with it.
 */
function attempt(market: Market, zone: Zone, life: Life, one: Attempt): number {
  const { state, ordinal } = one
  const need = Math.exp(0.8 * normal(state, 1) - 0.2) * (ordinal > 0 ? TRUST : 1)
  const { interest, end } = meet(market, zone, life, one)
  const isBought = unit(state, 2) < 1 - Math.exp(-interest * need)
  const order = isBought ? orderAfter(mix(state, 9), life.person, life.visits, ordinal) : null
  if (order) life.orders.push(order)
  return end
}

function lifeOf(options: WorldOptions, market: Market, zone: Zone, person: Person): Life {
  const chances = chancesOf(options.seed, person)
  const life: Life = { person, clicks: [], visits: [], orders: [] }
  let start = zone.startOf(person.key[0]) + wakingSecond(chances, 3)
  for (let ordinal = 0; ordinal < MAX_PURCHASES; ordinal += 1) {
    const state = mix(chances, 1000 + ordinal)
    const end = attempt(market, zone, life, { state, start, ordinal })
    if (life.orders.length <= ordinal || unit(state, 4) >= REPEAT) break
    const gap = 7 * DAY + exponential(state, 5, GAP_DAYS * DAY)
    const day = zone.dayAt(Math.floor(end + gap))
    start = zone.startOf(day) + wakingSecond(state, 6)
  }
  return life
}

/** Everybody who arrives on a day, with all that they ever do. */
export function livesOf(options: WorldOptions, market: Market, zone: Zone, day: number): Life[] {
  return Array.from({ length: arrivalsOf(options, day, market.firstDay) }, (_, index) =>
    lifeOf(options, market, zone, personOf(options.seed, day, index))
  )
}
