import { amountsOf } from './money.ts'
import type { Order } from './types.ts'
import { World } from './world.ts'

/** What a campaign really changed: the same people and chances, once with it and once without. */
export interface Effect {
  campaignId: number
  name: string
  orders: { with: number; without: number; incremental: number }
  /** Before refunds, without tax, shipping and discounts. */
  netCents: { with: number; without: number; incremental: number }
}

function summed(world: World, days: { from: number; to: number }): { orders: number; net: number } {
  const counts = ({ isTest, cancelledAt, at }: Order) => {
    const day = world.zone.dayAt(at)
    return !isTest && cancelledAt === null && day >= days.from && day <= days.to
  }
  const orders = world.reach(days.to).orders.filter(counts)
  return {
    orders: orders.length,
    net: orders.reduce((sum, order) => sum + amountsOf(order).netCents, 0),
  }
}

const difference = (present: number, absent: number) => ({
  with: present,
  without: absent,
  incremental: present - absent,
})

/**
 * The true effect of a campaign on the orders of some days, had it never run.
 *
 * Method: potential outcomes under common random numbers; see `random.ts` and `lives.ts`.
 */
export function effectOf(
  world: World,
  campaignId: number,
  days: { from: number; to: number }
): Effect {
  const present = summed(world, days)
  const absent = summed(new World(world.options, [campaignId]), days)
  return {
    campaignId,
    name: world.campaigns.find(({ id }) => id === campaignId)?.name ?? '',
    orders: difference(present.orders, absent.orders),
    netCents: difference(present.net, absent.net),
  }
}
