import { test } from '@japa/runner'
import { api } from '#tests/api'
import { useDatabases } from '#tests/databases'
import { makeProject } from '#tests/factories'
import { rows } from '#warehouse/public'
import { now } from '../helpers/quay_shop.ts'
import { linesOf, useVendors, type Vendors } from '../helpers/sandbox_vendors.ts'
import { workOff } from '../helpers/work_off.ts'

const DAY = 86_400_000
const dayOf = (time: number) => new Date(time).toISOString().slice(0, 10)
/** The vendors' clocks: a little ahead, so that nothing of them lies in our past. Set when the test begins. */
let vendorTime = 0
let from = ''
let to = ''

function begin(): void {
  vendorTime = Date.now() + 60_000
  from = dayOf(vendorTime - 40 * DAY)
  to = dayOf(vendorTime + DAY)
}

async function loadedAds(projectId: string, column: 'campaign_id' | 'ad_id') {
  const found = await rows<Record<'date' | 'id' | 'micros' | 'clicks' | 'conversions', string>>(
    `SELECT date, ${column} AS id, toString(toInt64(sum(cost) * 1000000)) AS micros,
       toString(sum(clicks)) AS clicks, toString(toFloat64(sum(conversions))) AS conversions
     FROM (SELECT * FROM ad_spend_daily_log WHERE project_id = {id:UInt64} ORDER BY commit_id DESC LIMIT 1 BY fact_id)
     WHERE NOT is_deleted AND ${column} != '' GROUP BY date, id`,
    { id: projectId }
  )
  return found
    .map(({ date, id, micros, clicks, conversions }) =>
      [date, id, micros, clicks, conversions].join(' ')
    )
    .sort()
}

async function open(vendors: Vendors) {
  const made = await makeProject({ currency: 'EUR', timezone: 'Europe/Berlin' })
  const call = api(made.owner)
  const path = `/projects/${made.id}/integrations`
  const connect = async (body: object): Promise<string> => {
    const created = await call.post<{ data: { id: string } }>(path, body)
    return `${path}/${created.body.data.id}`
  }
  const key = await vendors.control('google-identity/service_account', {})
  const token = await vendors.control<{ access_token: string }>('shopify/grant', {})
  const ads = await connect({
    type: 'google-ads',
    settings: { customer_id: '720-555-0134', login_customer_id: '720-555-0100', lookback_days: 7 },
    credentials: { service_account_key: JSON.stringify(key) },
  })
  const shop = await connect({
    type: 'shopify',
    settings: { shop: 'harbour-coffee.myshopify.com' },
    credentials: { access_token: token.access_token },
  })
  const sync = async (integration: string, params = {}) => {
    const started = await call.post<{ data: { id: string } }>(`${integration}/sync`, params)
    const path = `${integration}/runs/${started.body.data.id}`
    const show = async () => (await call.get<{ data: { status: string } }>(path)).body.data
    await workOff()
    // What the vendor cannot answer is tried again later, which is now.
    for (let tries = 0; tries < 4 && (await show()).status === 'queued'; tries += 1) await now()
    return show()
  }
  const kpi = async () => {
    const metrics = ['revenue', 'orders', 'refunds', 'cost']
    const asked = { date_from: from, date_to: to, metrics }
    const { body } = await call.post<{ totals: Record<string, number> }>(
      `/projects/${made.id}/reports/kpi`,
      asked
    )
    return body.totals
  }
  return { ...made, ads, shop, sync, kpi, call }
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
    const made = await open(vendors)
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
