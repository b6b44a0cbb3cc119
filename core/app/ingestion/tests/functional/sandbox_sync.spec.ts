import { test } from '@japa/runner'
import { useDatabases } from '#tests/databases'
import { DAY, dayOf, loadedAds, openVendors } from '../helpers/sandbox_shop.ts'
import { linesOf, useVendors } from '../helpers/sandbox_vendors.ts'

/** The vendors' clocks: a little ahead, so that nothing of them lies in our past. Set when the test begins. */
let vendorTime = 0
let from = ''
let to = ''

function begin(): void {
  vendorTime = Date.now() + 60_000
  from = dayOf(vendorTime - 40 * DAY)
  to = dayOf(vendorTime + DAY)
}

test.group('Real connectors against vendors whose truth is known', (group) => {
  useDatabases(group, { clickhouse: true })
  const held = useVendors(group, () => {
    begin()
    return { from, now: new Date(vendorTime).toISOString(), peoplePerDay: 8 }
  })

  test('ads to the micro and sales to the cent, and again after the vendors restate', async ({
    assert,
  }) => {
    const { vendors } = held
    const days = { from, to }
    const made = await openVendors(vendors, days)
    assert.containSubset((await made.call.post(`${made.ads}/check`)).body, {
      data: { status: 'ok', error: null },
    })
    assert.equal((await made.sync(made.shop)).status, 'done')
    assert.equal((await made.sync(made.ads, { from, to: dayOf(vendorTime) })).status, 'done')

    assert.deepEqual(
      await loadedAds(made.id, 'campaign_id'),
      linesOf(await vendors.ads('campaign', days))
    )
    assert.deepEqual(await loadedAds(made.id, 'ad_id'), linesOf(await vendors.ads('ad', days)))
    const micros = (await vendors.ads('campaign', days)).reduce(
      (sum, row) => sum + row.cost_micros,
      0
    )
    const { cost, ...sales } = await made.kpi()
    assert.deepEqual(sales, await vendors.sales(days))
    assert.closeTo(cost ?? 0, micros / 1e6, 1e-6)

    // Within the days that are read again: other costs, and an ad that is gone.
    const [ad] = await vendors.ads('ad', days)
    await vendors.control('google-ads/restate', {
      from: dayOf(vendorTime - 5 * DAY),
      to: dayOf(vendorTime),
      cost_factor: 1.25,
    })
    await vendors.control('google-ads/vanish_ad', { ad_id: Number(ad?.ad_id) })
    await vendors.control('faults', { vendor: 'google-ads', kind: 'truncated' })
    await vendors.control('faults', { vendor: 'google-ads', kind: 'unavailable', skip: 1 })
    assert.equal((await made.sync(made.ads, { from, to: dayOf(vendorTime) })).status, 'done')
    assert.deepEqual(
      await loadedAds(made.id, 'campaign_id'),
      linesOf(await vendors.ads('campaign', days))
    )
    assert.deepEqual(await loadedAds(made.id, 'ad_id'), linesOf(await vendors.ads('ad', days)))
  }).timeout(300_000)
})
