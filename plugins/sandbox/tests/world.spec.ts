import { test } from '@japa/runner'
import { adDaysOf } from '../src/world/ad_days.ts'
import { dateOf, dayOf, localIso, zoneOf } from '../src/world/calendar.ts'
import { effectOf } from '../src/world/incrementality.ts'
import { amountsOf } from '../src/world/money.ts'
import { World } from '../src/world/world.ts'
import { sum } from './support.ts'

const OPTIONS = { seed: 7, from: '2026-01-01', peoplePerDay: 14, adsPerGroup: 3 }
const LAST = dayOf('2026-03-31')
const BRAND = 20_100_000_011

const advertiserOf = (world: World) => ({
  seed: OPTIONS.seed,
  zone: world.zone,
  firstDay: world.firstDay,
  campaigns: world.campaigns,
  clicksOn: (day: number) => world.clicksOn(day),
  claimsOn: (day: number) => world.claimsOn(day),
})

const days = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, index) => from + index)

test.group('the simulated shop', () => {
  const world = new World(OPTIONS).reach(LAST)
  const end = world.zone.startOf(LAST + 1)

  test('comes out the same for a seed, however far it was looked at in between', ({ assert }) => {
    const again = new World(OPTIONS)
    for (const day of days(world.firstDay, LAST)) again.reach(day)
    assert.deepEqual(again.orders, world.orders)
    assert.isAbove(world.orders.length, 200)
    const other = new World({ ...OPTIONS, seed: 8 }).reach(LAST)
    assert.notDeepEqual(
      other.orders.map(({ at }) => at),
      world.orders.map(({ at }) => at)
    )
  })

  test('orders add up: total = lines − discounts + shipping + tax that is not in the prices', ({
    assert,
  }) => {
    for (const order of world.orders) {
      const amounts = amountsOf(order)
      const onTop = order.areTaxesIncluded ? 0 : amounts.taxCents
      assert.equal(
        amounts.totalCents,
        amounts.linesCents - amounts.discountsCents + amounts.shippingCents + onTop
      )
      assert.equal(amounts.netCents + amounts.taxCents + amounts.shippingCents, amounts.totalCents)
      const back = sum(order.refunds, ({ totalCents }) => totalCents)
      assert.isAtMost(back, amounts.totalCents)
      if (order.cancelledAt !== null) assert.equal(back, amounts.totalCents)
    }
    assert.isTrue(world.orders.some(({ areTaxesIncluded }) => !areTaxesIncluded))
    assert.isTrue(world.orders.some(({ refunds }) => refunds.some(({ lines }) => lines.length > 0)))
  })

  test('orders are numbered as they come in', ({ assert }) => {
    const { orders } = world
    orders.forEach((order, index) => assert.equal(order.number, 1001 + index))
    const times = orders.map(({ at }) => at)
    assert.deepEqual(
      times,
      times.toSorted((left, right) => left - right)
    )
  })

  test('an order comes after a visit of its person, and its journey holds that visit', ({
    assert,
  }) => {
    for (const { person, visits, orders } of world.lives) {
      for (const order of orders) {
        assert.equal(order.person, person)
        const last = order.journey.at(-1)
        assert.exists(last)
        assert.isTrue(visits.some((visit) => visit === last))
        assert.isBelow(last?.at ?? Infinity, order.at)
      }
    }
  })

  test('each ad is charged at least one click for each visit that came by it', ({ assert }) => {
    const advertiser = advertiserOf(world)
    let compared = 0
    for (const day of days(world.firstDay, LAST)) {
      const visits = new Map<number, number>()
      for (const { visit } of world.visitsOn(day)) {
        if (visit.campaignId === null) continue
        visits.set(visit.campaignId, (visits.get(visit.campaignId) ?? 0) + 1)
      }
      const rows = [...adDaysOf(advertiser, day, end)]
      for (const [campaignId, count] of visits) {
        const own = rows.filter(({ campaign }) => campaign.id === campaignId)
        assert.isAtLeast(
          sum(own, ({ clicks }) => clicks),
          count
        )
        compared += 1
      }
      for (const row of rows) assert.isAtLeast(row.impressions, row.clicks)
    }
    assert.isAbove(compared, 300)
  })

  test('visits by an ad carry its campaign in their landing page', ({ assert }) => {
    const paid = world.lives.flatMap(({ visits }) => visits).filter(({ campaignId }) => campaignId)
    for (const visit of paid) {
      const parameters = new URL(visit.landingPage).searchParams
      assert.equal(parameters.get('utm_campaign'), visit.campaign)
      assert.match(parameters.get('gclid') ?? '', /^Cj0KCQ\w+_BwE$/)
      if (parameters.has('utm_id')) assert.equal(parameters.get('utm_id'), String(visit.campaignId))
    }
    assert.isAbove(paid.length, 500)
  })

  test('days of the last week are restated: invalid clicks go, late conversions come', ({
    assert,
  }) => {
    const advertiser = advertiserOf(world)
    const day = dayOf('2026-02-10')
    const total = (now: number) => {
      const rows = [...adDaysOf(advertiser, day, now)]
      return {
        cost: sum(rows, ({ costMicros }) => costMicros),
        conversions: sum(rows, ({ conversions }) => conversions),
      }
    }
    const next = total(world.zone.startOf(day + 1))
    const later = total(world.zone.startOf(day + 30))
    assert.isAbove(next.cost, later.cost)
    assert.isAbove(later.conversions, next.conversions)
    assert.deepEqual(total(world.zone.startOf(day + 45)), later)
  })

  test('today has happened only so far, tomorrow not at all', ({ assert }) => {
    const advertiser = advertiserOf(world)
    const day = dayOf('2026-02-10')
    const noon = world.zone.startOf(day) + 43_200
    const clicks = (now: number) => sum([...adDaysOf(advertiser, day, now)], (row) => row.clicks)
    assert.isBelow(clicks(noon), clicks(world.zone.startOf(day + 1)))
    assert.isAbove(clicks(noon), 0)
    assert.lengthOf([...adDaysOf(advertiser, day + 1, noon)], 0)
  })
})

test.group('the true effect of a campaign', () => {
  const world = new World(OPTIONS).reach(LAST)
  const range = { from: world.firstDay, to: LAST }
  const keyOf = (order: World['orders'][number]) => `${order.person?.id} ${order.ordinal}`

  test('without it, the orders are some of those with it, and nothing else changes', ({
    assert,
  }) => {
    const without = new World(OPTIONS, [20_100_000_028]).reach(LAST)
    const withIt = new Map(
      world.lives.flatMap(({ orders }) => orders).map((one) => [keyOf(one), one])
    )
    const rest = without.lives.flatMap(({ orders }) => orders)
    assert.isBelow(rest.length, withIt.size)
    for (const order of rest) {
      const same = withIt.get(keyOf(order))
      assert.exists(same)
      assert.deepEqual(
        order.lines.map(({ variant }) => variant.id),
        same?.lines.map(({ variant }) => variant.id)
      )
    }
    assert.deepEqual(
      without.lives.map(({ person }) => person),
      world.lives.map(({ person }) => person)
    )
    assert.isFalse(
      without.lives.some(({ clicks }) =>
        clicks.some(({ campaignId }) => campaignId === 20_100_000_028)
      )
    )
  })

  test('brand search is claimed for many orders and causes few; a generic search causes more', ({
    assert,
  }) => {
    const claimed = (id: number) =>
      sum(
        days(range.from, range.to).flatMap((day) => [...world.claimsOn(day)]),
        ({ campaignId, share }) => (campaignId === id ? share : 0)
      )
    const brand = effectOf(world, BRAND, range)
    const generic = effectOf(world, 20_100_000_028, range)
    assert.isBelow(brand.orders.incremental, claimed(BRAND) / 4)
    assert.isAbove(generic.orders.incremental, claimed(20_100_000_028) / 4)
    assert.equal(brand.orders.with - brand.orders.without, brand.orders.incremental)
    assert.equal(generic.orders.with, brand.orders.with)
  })
})

test.group('days and times', () => {
  test('a day begins at midnight of its zone, also when the clocks change', ({ assert }) => {
    const zone = zoneOf('Europe/Berlin')
    const spring = dayOf('2026-03-29')
    assert.equal(localIso(zone, zone.startOf(spring)), '2026-03-29T00:00:00+01:00')
    assert.equal(zone.startOf(spring + 1) - zone.startOf(spring), 23 * 3600)
    assert.equal(localIso(zone, zone.startOf(spring + 1)), '2026-03-30T00:00:00+02:00')
    assert.equal(dateOf(zone.dayAt(zone.startOf(spring + 1) - 1)), '2026-03-29')
    const west = zoneOf('America/New_York')
    assert.equal(localIso(west, west.startOf(dayOf('2026-11-02'))), '2026-11-02T00:00:00-05:00')
  })
})
