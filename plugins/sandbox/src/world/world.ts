import { campaignsOf, type Campaign } from './campaigns.ts'
import { DAY, dayOf, zoneOf, type Zone } from './calendar.ts'
import { livesOf } from './lives.ts'
import { amountsOf } from './money.ts'
import { counterOrders } from './orders.ts'
import { marketOf, type Market } from './touches.ts'
import type { Click, Life, Order, Person, Visit, WorldOptions } from './types.ts'

export const TIME_ZONE = 'Europe/Berlin'
export const CURRENCY = 'EUR'

/** Days after a click in which the ad platform claims an order. */
const CLAIM_DAYS = 30
const COUNTER_SALES = 0.5

/** Part of an order that the ad platform credits to one click of the person. */
export interface Claim {
  adId: number
  campaignId: number
  orderedAt: number
  share: number
  valueCents: number
}

interface Today {
  clicks: Click[]
  claims: Claim[]
  visits: { person: Person; visit: Visit }[]
  orders: Order[]
}

const OLDEST_FIRST = (left: Order, right: Order) =>
  left.at - right.at || (left.person?.id ?? 0) - (right.person?.id ?? 0)

function numbered(order: Order, number: number): void {
  order.number = number
  order.id = 6_100_000_000_000 + number * 7
  order.lines.forEach((line, index) => (line.id = order.id * 10 + index))
  order.refunds.forEach((refund, index) => (refund.id = 920_000_000_000 + number * 10 + index))
}

/**
 * One simulated shop. Days are generated on demand and in order; what a day holds never depends on
 * how far somebody has looked.
 */
export class World {
  readonly options: WorldOptions
  readonly zone: Zone = zoneOf(TIME_ZONE)
  readonly campaigns: readonly Campaign[]
  readonly firstDay: number
  readonly orders: Order[] = []
  /** By the day of arrival. */
  readonly lives: Life[] = []
  readonly #market: Market
  readonly #days = new Map<number, Today>()
  readonly #lifeById = new Map<number, Life>()
  #nextDay: number

  constructor(options: WorldOptions, without: Iterable<number> = []) {
    this.options = options
    this.campaigns = campaignsOf(options.adsPerGroup)
    this.firstDay = dayOf(options.from)
    this.#nextDay = this.firstDay
    this.#market = marketOf(this.campaigns, this.firstDay, without)
  }

  /** Generates all days up to and including this one. */
  reach(day: number): this {
    while (this.#nextDay <= day) {
      this.#live(this.#nextDay)
      this.#nextDay += 1
    }
    return this
  }

  clicksOn(day: number): readonly Click[] {
    return this.reach(day).#days.get(day)?.clicks ?? []
  }

  /** Claims by the day of the click. */
  claimsOn(day: number): readonly Claim[] {
    // Orders of later days claim clicks of earlier ones, but people are generated with all they do.
    return this.reach(day).#days.get(day)?.claims ?? []
  }

  visitsOn(day: number): readonly Today['visits'][number][] {
    return this.reach(day).#days.get(day)?.visits ?? []
  }

  lifeOf(person: Person): Life {
    const life = this.#lifeById.get(person.id)
    if (life === undefined) throw new RangeError('Nobody of this world')
    return life
  }

  #live(day: number): void {
    const { options, zone } = this
    const lives = livesOf(options, this.#market, zone, day)
    for (const life of lives) this.#remember(life)
    for (const order of counterOrders(options.seed, day, zone.startOf(day), COUNTER_SALES)) {
      this.#on(day).orders.push(order)
    }
    // Nobody who arrives later orders on this day: its orders can have their numbers.
    for (const order of this.#on(day).orders.sort(OLDEST_FIRST)) {
      numbered(order, 1001 + this.orders.length)
      this.orders.push(order)
    }
  }

  #remember(life: Life): void {
    this.lives.push(life)
    this.#lifeById.set(life.person.id, life)
    for (const click of life.clicks) this.#on(this.zone.dayAt(click.at)).clicks.push(click)
    for (const visit of life.visits) {
      this.#on(this.zone.dayAt(visit.at)).visits.push({ person: life.person, visit })
    }
    for (const order of life.orders) {
      this.#on(this.zone.dayAt(order.at)).orders.push(order)
      this.#claim(life, order)
    }
  }

  #claim({ clicks }: Life, order: Order): void {
    if (order.isTest) return
    const credited = clicks.filter(({ at }) => at <= order.at && at > order.at - CLAIM_DAYS * DAY)
    const { totalCents: valueCents } = amountsOf(order)
    for (const { at, adId, campaignId } of credited) {
      const claim = {
        adId,
        campaignId,
        orderedAt: order.at,
        share: 1 / credited.length,
        valueCents,
      }
      this.#on(this.zone.dayAt(at)).claims.push(claim)
    }
  }

  #on(day: number): Today {
    const known = this.#days.get(day)
    if (known !== undefined) return known
    const fresh: Today = { clicks: [], claims: [], visits: [], orders: [] }
    this.#days.set(day, fresh)
    return fresh
  }
}
