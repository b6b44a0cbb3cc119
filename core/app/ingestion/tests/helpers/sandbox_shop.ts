import { api } from '#tests/api'
import { makeProject } from '#tests/factories'
import { rows } from '#warehouse/public'
import { now } from './quay_shop.ts'
import { workOff } from './work_off.ts'
import type { Days, Vendors } from './sandbox_vendors.ts'

export const DAY = 86_400_000
export const dayOf = (time: number) => new Date(time).toISOString().slice(0, 10)
/** Days of campaigns, or of ads, as they are known here: as `linesOf` of the vendor's truth. */
export async function loadedAds(projectId: string, column: 'campaign_id' | 'ad_id') {
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

/** A project with the ad account and the shop of the sandbox, and what a user does with it. */
export async function openVendors(vendors: Vendors, { from, to }: Days) {
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
  const queue = async (integration: string, params = {}) => {
    const started = await call.post<{ data: { id: string } }>(`${integration}/sync`, params)
    return started.body.data.id
  }
  const sync = async (integration: string, params = {}) => {
    const run = `${integration}/runs/${await queue(integration, params)}`
    const show = async () => (await call.get<{ data: { status: string } }>(run)).body.data
    await workOff()
    // What the vendor cannot answer is tried again later, which is now.
    for (let tries = 0; tries < 4 && (await show()).status === 'queued'; tries += 1) await now()
    return show()
  }
  const kpi = async () => {
    const metrics = ['revenue', 'orders', 'refunds', 'payment_fees', 'cost']
    const asked = { date_from: from, date_to: to, metrics }
    const { body } = await call.post<{ totals: Record<string, number> }>(
      `/projects/${made.id}/reports/kpi`,
      asked
    )
    return body.totals
  }
  return { ...made, ads, shop, queue, sync, kpi, call }
}
