import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { api, baseUrl } from '#tests/api'
import { useDatabases } from '#tests/databases'
import { makeProject } from '#tests/factories'
import { registerWebhooks } from '#connections/public'
import { rows } from '#warehouse/public'
import { now } from '../helpers/quay_shop.ts'
import { useVendors, type Vendors } from '../helpers/sandbox_vendors.ts'

const DAY = 86_400_000
const dayOf = (time: number) => new Date(time).toISOString().slice(0, 10)
const present = Date.now()
const days = { from: dayOf(present - 40 * DAY), to: dayOf(present) }

/** The app as the sandbox knows it; its secret signs the calls. */
const APPLICATION = {
  AF_OAUTH_SHOPIFY_CLIENT_ID: '5a0d0b0c0ffee5a0d0b0c0ffee123456',
  AF_OAUTH_SHOPIFY_CLIENT_SECRET: 'shpss_sandbox_client_secret',
}

interface Told {
  happened: number
  delivered: { topic: string; status: number; webhook_id: string }[]
}

/** A shop whose merchant has installed the app just now: consent that is old counts as forged. */
async function installed(vendors: Vendors) {
  await vendors.clock(Date.now())
  const made = await makeProject({ currency: 'EUR', timezone: 'Europe/Berlin' })
  const call = api(made.owner)
  const list = `/projects/${made.id}/integrations`
  const settings = { shop: 'harbour-coffee.myshopify.com' }
  const created = await call.post<{ data: { id: string } }>(list, { type: 'shopify', settings })
  const integrationId = created.body.data.id
  const path = `${list}/${integrationId}`

  const asked = await call.post<{ data: { url: string } }>(`${path}/authorize`)
  const cookie = (asked.headers.get('set-cookie') ?? '').split(';')[0] ?? ''
  const body = new URLSearchParams({ decision: 'install' })
  const page = await fetch(asked.body.data.url, { method: 'POST', body, redirect: 'manual' })
  const back = page.headers.get('location') ?? ''
  const done = await fetch(back, { headers: { cookie }, redirect: 'manual' })
  const outcome = done.headers.get('location') ?? ''
  if (!outcome.endsWith('connected=ok')) throw new Error(`The app was not installed: ${outcome}`)

  const sync = async () => {
    const started = await call.post<{ data: { id: string } }>(`${path}/sync`, {})
    await now()
    const run = `${path}/runs/${started.body.data.id}`
    for (let tries = 0; tries < 5; tries += 1) {
      const { data } = (await call.get<{ data: { status: string } }>(run)).body
      if (data.status !== 'queued') return data.status
      await now()
    }
    return 'queued'
  }
  const kpi = async () => {
    const query = { date_from: days.from, date_to: days.to }
    const { body: report } = await call.post<{ totals: Record<string, number> }>(
      `/projects/${made.id}/reports/kpi`,
      { ...query, metrics: ['orders', 'revenue', 'refunds', 'payment_fees'] }
    )
    return report.totals
  }
  return {
    ...made,
    call,
    path,
    sync,
    kpi,
    show: async () =>
      (await call.get<{ data: { status: string; error: { code: string } | null } }>(path)).body
        .data,
    deliveries: () => db.from('webhook_deliveries').where('integration_id', integrationId),
  }
}

test.group('What Shopify tells', (group) => {
  useDatabases(group, { clickhouse: true })
  group.bail()
  group.each.timeout(180_000)
  const held = useVendors(
    group,
    () => ({ from: days.from, now: new Date().toISOString(), peoplePerDay: 12 }),
    { ...APPLICATION, AF_PUBLIC_URL: '' }
  )
  let shop: Awaited<ReturnType<typeof installed>>
  const tell = (manner: object) => held.vendors.control<Told>('shopify/webhooks', manner)
  /** Calls are gathered for a moment, then a run of their own carries them out. */
  const carriedOut = async () => {
    await now()
    await now()
  }

  test('begins with what was read before', async ({ assert }) => {
    process.env.AF_PUBLIC_URL = baseUrl()
    shop = await installed(held.vendors)
    await held.vendors.clock(present - 3 * DAY)
    await tell({ lose: true })
    assert.equal(await shop.sync(), 'done')
    await registerWebhooks()
    assert.deepEqual(await shop.kpi(), await held.vendors.sales(days))
  })

  test('counts once, however often it is told', async ({ assert }) => {
    const before = await shop.kpi()
    await held.vendors.clock(present - 2 * DAY)
    const { delivered } = await tell({ copies: 3 })
    assert.include(
      delivered.map(({ topic }) => topic),
      'orders/create'
    )
    assert.isTrue(delivered.every(({ status }) => status === 200))
    await carriedOut()
    const after = await shop.kpi()
    assert.notDeepEqual(after, before)
    assert.deepEqual(after, await held.vendors.sales(days))
    const kept = (await shop.deliveries()) as { status: string; body: Buffer | null }[]
    assert.lengthOf(kept, new Set(delivered.map(({ webhook_id: id }) => id)).size)
    assert.isTrue(kept.every(({ status, body }) => status === 'done' && body === null))
  })

  test('comes in any order, and late: the newest state of an order stays', async ({ assert }) => {
    await held.vendors.clock(present - DAY)
    // What was paid, refunded or cancelled is told first, that it was ordered last.
    const { delivered } = await tell({ reverse: true })
    assert.isAbove(new Set(delivered.map(({ topic }) => topic)).size, 1)
    await carriedOut()
    assert.deepEqual(await shop.kpi(), await held.vendors.sales(days))
  })

  test('is believed only with the signature of the app', async ({ assert }) => {
    const before = (await shop.deliveries()).length
    await held.vendors.clock(present - DAY / 2)
    const { delivered } = await tell({ forge: true })
    assert.isNotEmpty(delivered)
    assert.isTrue(delivered.every(({ status }) => status === 401))
    assert.lengthOf(await shop.deliveries(), before)
  })

  test('may get lost: the next run reads it', async ({ assert }) => {
    await held.vendors.clock(present)
    await tell({ lose: true })
    await carriedOut()
    assert.notDeepEqual(await shop.kpi(), await held.vendors.sales(days))
    assert.equal(await shop.sync(), 'done')
    assert.deepEqual(await shop.kpi(), await held.vendors.sales(days))
  })

  test('is told no more once the connection is removed', async ({ assert }) => {
    const other = await installed(held.vendors)
    await held.vendors.clock(present)
    await registerWebhooks()
    await tell({ lose: true })
    const deleted = async () => {
      const [order] = await held.vendors.orders(days)
      await held.vendors.control('shopify/delete_order', { order_id: order?.id })
      return (await tell({})).delivered.length
    }
    const both = await deleted()
    assert.isAbove(both, 1)
    assert.equal((await other.call.delete(other.path)).status, 204)
    assert.equal(await deleted(), both / 2)
  })

  test('says that an order is gone, which no run would notice', async ({ assert }) => {
    const [order] = await held.vendors.orders(days)
    await held.vendors.control('shopify/delete_order', { order_id: order?.id })
    await tell({})
    await carriedOut()
    assert.deepEqual(await shop.kpi(), await held.vendors.sales(days))
  })

  test('the law lets a customer ask for, and be erased from, what is kept', async ({ assert }) => {
    const uri = new URL('/api/v1/webhooks/sources/shopify', baseUrl()).href
    const known = (await held.vendors.orders(days)).find(({ customer_id: id }) => id !== null)
    const customer = String(known?.customer_id)
    const all = await held.vendors.control<{ id: string; email: string }[]>('truth/shop/customers')
    const email = all.find(({ id }) => id === customer)?.email ?? ''
    const found = async () => {
      const [one] = await rows<{ n: string }>(
        `SELECT count() AS n FROM records
         WHERE project_id = {id:UInt64} AND payload LIKE concat('%', {email:String}, '%')`,
        { id: shop.id, email }
      )
      return Number(one?.n)
    }
    assert.isAbove(await found(), 0)
    const before = await shop.kpi()
    for (const topic of ['customers/data_request', 'customers/redact']) {
      const body = { uri, topic, customer_id: customer }
      const { status } = await held.vendors.control<{ status: number }>('shopify/compliance', body)
      assert.equal(status, 200)
    }
    await carriedOut()
    const requests = (await db.from('privacy_requests').where('project_id', shop.id)) as {
      type: string
    }[]
    // One for each name by which the customer is known.
    assert.sameMembers([...new Set(requests.map(({ type }) => type))], ['export', 'erasure'])
    assert.equal(await found(), 0)
    assert.deepEqual(await shop.kpi(), before)
  })

  test('an app that is removed asks to be connected again; figures stay', async ({ assert }) => {
    const before = await shop.kpi()
    const { delivered } = await held.vendors.control<Told>('shopify/uninstall', {})
    assert.deepEqual(
      delivered.map(({ topic, status }) => [topic, status]),
      [['app/uninstalled', 200]]
    )
    await carriedOut()
    const { status, error } = await shop.show()
    assert.deepEqual([status, error?.code], ['needs_reauth', 'auth_expired'])
    assert.deepEqual(await shop.kpi(), before)
  })

  test('two days after it Shopify demands that all of the shop is forgotten', async ({
    assert,
  }) => {
    const uri = new URL('/api/v1/webhooks/sources/shopify', baseUrl()).href
    await held.vendors.control('shopify/compliance', { uri, topic: 'shop/redact' })
    await carriedOut()
    assert.equal((await shop.call.get(shop.path)).status, 404)
    assert.deepEqual(await shop.kpi(), { orders: 0, revenue: 0, refunds: 0, payment_fees: 0 })
  })
})
