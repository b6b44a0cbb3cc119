import type { Life, Order } from '../world/types.ts'
import type { World } from '../world/world.ts'

/** An order and when the shop last changed it. */
export interface KnownOrder {
  order: Order
  updatedAt: number
}

/** A person whom the shop knows: who has ordered. */
export interface KnownCustomer {
  life: Life
  orders: Order[]
  createdAt: number
  updatedAt: number
}

/** The world as the shop's database knows it at a moment, with what was changed in it by hand. */
export class Shop {
  readonly world: World
  readonly #now: () => number
  readonly #deleted = new Set<number>()
  readonly #redacted = new Set<number>()
  readonly #edited = new Map<number, number>()

  constructor(world: World, now: () => number) {
    this.world = world
    this.#now = now
  }

  get now(): number {
    return this.#now()
  }

  /** Gone for good, as an order that a merchant deletes: only a webhook tells of it. */
  delete(orderId: number): void {
    this.#deleted.add(orderId)
  }

  /** Nothing but the time of the last change. */
  edit(orderId: number): void {
    this.#edited.set(orderId, this.now)
  }

  redact(customerId: number): void {
    this.#redacted.add(customerId)
  }

  isRedacted(customerId: number): boolean {
    return this.#redacted.has(customerId)
  }

  isEdited(orderId: number): boolean {
    return this.#edited.has(orderId)
  }

  updatedAt(order: Order): number {
    const { now } = this
    const times = [
      order.at,
      order.paidAt,
      order.cancelledAt ?? 0,
      ...order.refunds.map(({ at }) => at),
      this.#edited.get(order.id) ?? 0,
    ]
    return Math.max(...times.filter((at) => at <= now))
  }

  /** Orders that exist by now, as they were placed. */
  orders(): KnownOrder[] {
    const { now, world } = this
    const { orders } = world.reach(world.zone.dayAt(now))
    return orders
      .filter(({ at, id }) => at <= now && !this.#deleted.has(id))
      .map((order) => ({ order, updatedAt: this.updatedAt(order) }))
  }

  order(id: number): KnownOrder | undefined {
    return this.orders().find(({ order }) => order.id === id)
  }

  customers(): KnownCustomer[] {
    const { now, world } = this
    world.reach(world.zone.dayAt(now))
    return world.lives.flatMap((life) => {
      const orders = life.orders.filter(({ at }) => at <= now)
      const [first] = orders
      const last = orders.at(-1)
      if (first === undefined || last === undefined) return []
      return [{ life, orders, createdAt: first.at, updatedAt: last.at }]
    })
  }

  customerOf(order: Order): KnownCustomer | undefined {
    const { person } = order
    if (person === null) return undefined
    const life = this.world.lifeOf(person)
    const orders = life.orders.filter(({ at }) => at <= this.now)
    const createdAt = orders[0]?.at ?? order.at
    return { life, orders, createdAt, updatedAt: orders.at(-1)?.at ?? order.at }
  }
}
