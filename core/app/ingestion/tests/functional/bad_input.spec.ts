import type { Assert } from '@japa/assert'
import { test } from '@japa/runner'
import { baseUrl } from '#tests/api'
import { useDatabases } from '#tests/databases'
import {
  days,
  present,
  range,
  settings,
  type Case,
  type Made,
  type Vendor,
} from '../helpers/bad_input.ts'
import { account, APPLICATION, ofAds } from '../helpers/bad_input_of_ads.ts'
import { grant, ofShop, other } from '../helpers/bad_input_of_shop.ts'
import { now } from '../helpers/quay_shop.ts'
import { DAY, loadedAds, openVendors } from '../helpers/sandbox_shop.ts'
import { linesOf, useVendors } from '../helpers/sandbox_vendors.ts'
import { workOff } from '../helpers/work_off.ts'

const cases = [
  ...ofShop.map((one) => ({ ...one, vendor: 'shop' as const })),
  ...ofAds.map((one) => ({ ...one, vendor: 'ads' as const })),
]

interface Shown {
  status: string
  error: { code: string; message: string; field?: string } | null
}

function assertSays(assert: Assert, shown: Shown | undefined, { code, says, field }: Case): void {
  const { message = '', ...error } = shown?.error ?? {}
  assert.deepEqual(error, { code, ...(field !== undefined && { field }) })
  assert.match(message, says)
}

test.group('What vendors and users get wrong', (group) => {
  useDatabases(group, { clickhouse: true })
  group.bail()
  group.each.timeout(60_000)
  const held = useVendors(
    group,
    () => ({ from: days.from, now: new Date(present).toISOString(), peoplePerDay: 5 }),
    { ...APPLICATION, AF_PUBLIC_URL: '' }
  )
  let made: Made

  const show = async (path: string) => (await made.call.get<{ data: Shown }>(path)).body.data

  /** These are read in one go; how their runs end. */
  const sync = async (vendors: readonly Vendor[], params = {}) => {
    const runs = await Promise.all(
      vendors.map(async (one) => `${made[one]}/runs/${await made.queue(made[one], params)}`)
    )
    await workOff()
    // A file of history is asked for again.
    for (let tries = 0; tries < 3; tries += 1) {
      const shown = await Promise.all(runs.map(show))
      if (shown.every(({ status }) => status !== 'queued')) return shown
      await now()
    }
    return Promise.all(runs.map(show))
  }
  const loaded = async () => {
    const { cost: _cost, ...sales } = await made.kpi()
    return { sales, ads: await loadedAds(made.id, 'ad_id') }
  }
  const gone = new Set<string>()
  /** The other one goes on beside: looked at once for each state that this one falls into. */
  const restOf = (vendor: Vendor, status: string): Vendor[] => {
    const isFirst = !gone.has(vendor + status)
    gone.add(vendor + status)
    return isFirst ? [vendor === 'ads' ? 'shop' : 'ads'] : []
  }
  const truth = async () => ({
    sales: await held.vendors.sales(days),
    ads: linesOf(await held.vendors.ads('ad', days)),
  })

  test('an empty shop and an empty account are no mistake', async ({ assert }) => {
    const { vendors } = held
    process.env.AF_PUBLIC_URL = baseUrl()
    made = await openVendors(vendors, days)
    await vendors.clock(Date.parse(days.from) - DAY)
    await grant(made, vendors)
    assert.equal((await made.sync(made.shop)).status, 'done')
    await vendors.clock(present)
    await grant(made, vendors)
    await settings('ads', { customer_id: '720-555-0155' })(made)
    assert.equal((await made.sync(made.ads, range)).status, 'done')
    for (const path of [made.shop, made.ads]) {
      assert.containSubset(await show(path), { status: 'active', error: null })
    }
    assert.deepEqual(await loaded(), {
      sales: { orders: 0, revenue: 0, refunds: 0, payment_fees: 0 },
      ads: [],
    })
    await account(made)
    const runs = await sync(['ads', 'shop'], range)
    assert.deepEqual(
      runs.map(({ status }) => status),
      ['done', 'done']
    )
    assert.deepEqual(await loaded(), await truth())
  })

  test('a host that is private or not the vendor’s is refused in the form', async ({ assert }) => {
    for (const shop of ['127.0.0.1', 'localhost', 'harbour-coffee.myshopify.com.evil.example']) {
      const answer = await other(shop)(made)
      assert.equal(answer.status, 422, shop)
      assert.include(answer.text, 'settings.shop')
      assert.include(answer.text, 'such as my-shop.myshopify.com')
    }
  })

  test('{vendor}: {name}')
    .with(cases)
    .run(async ({ assert }, { vendor, status = 'error', ...one }) => {
      const { vendors } = held
      const before = await loaded()
      await one.break(made, vendors)
      const rest = restOf(vendor, status)
      const [run, ...others] = await sync([vendor, ...rest], range)
      await vendors.clearFaults()
      const shown = await show(made[vendor])
      assertSays(assert, run, one)
      assertSays(assert, shown, one)
      assert.deepEqual([run?.status, shown.status], ['failed', status])
      assert.deepEqual(
        others.map((other) => other.status),
        rest.map(() => 'done')
      )
      for (const path of rest.map((name) => made[name])) {
        assert.containSubset(await show(path), { status: 'active', error: null })
      }
      assert.deepEqual(await loaded(), before)
      await one.mend?.(made, vendors)
    })
})
