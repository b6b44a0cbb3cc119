import { test } from '@japa/runner'
import { useDatabases } from '#tests/databases'
import { rows } from '#warehouse/public'
import { People, useStall } from '../helpers/people.ts'
import { keysBeside, traces } from '../helpers/traces.ts'

const head =
  'order_id,ordered_at,quantity,unit_price,customer_id,email,phone,client_id,country,utm_source,utm_medium,utm_campaign,refund_of'
/** More people than an address may have before it says nothing of anybody. */
const office = Array.from(
  { length: 102 },
  (_, n) => `OF-${n},2026-01-02,1,1.00,clerk-${n}x,info@office.example,,,GB,,,,`
)

interface Found {
  data: { person_id: string; is_shared: boolean; documents: Record<string, number> }[]
}

test.group('erasure of one of many', (group) => {
  useDatabases(group, { clickhouse: true })
  useStall(group)

  test('an address that an office shares hits nobody; one of its people goes alone', async ({
    assert,
  }) => {
    const shop = await People.open()
    await shop.import('lines', [head, ...office])
    const before = await shop.totals()
    const path = `/projects/${shop.id}/privacy`
    const address = { type: 'email', value: 'INFO@office.example' }
    const found = await shop.api.post<Found>(`${path}/people`, { alias: address })
    assert.deepEqual(
      found.body.data.map(({ is_shared: shared, documents }) => [shared, documents.order]),
      [[true, 102]]
    )
    const refused = await shop.api.post<{ code: string; detail: string }>(`${path}/erasures`, {
      alias: address,
      confirm: address.value,
    })
    assert.equal(refused.status, 409)
    assert.include(refused.body.detail, 'another one')

    const words = ['clerk-7x', 'OF-7,']
    const needles = { words, keys: await keysBeside(['clerk-7x']) }
    const hash = await shop.hashOf('info@office.example')
    const [shared] = await rows<{ key: string }>(
      `SELECT toString(cityHash64('email', {hash:String})) AS key`,
      { hash }
    )
    needles.keys = needles.keys.filter((key) => key !== shared?.key)
    await shop.erase({ type: 'customer', value: 'clerk-7x' })
    assert.deepEqual(await shop.totals(), before)
    assert.deepEqual(await traces(shop.id, needles), [])
    const rest = await rows<{ n: string }>(
      `SELECT uniqExact(customer_id) AS n FROM order_line_log
       WHERE startsWith(customer_id, 'clerk-') AND email_hash = {hash:String}`,
      { hash }
    )
    assert.deepEqual(rest, [{ n: '101' }])
    await shop.import('lines', [head, ...office])
    assert.deepEqual(await shop.totals(), before)
    assert.deepEqual(await traces(shop.id, needles), [])
    shop.close()
  }).timeout(300_000)

  test('a former version of somebody else’s order forgets whom it named', async ({ assert }) => {
    const shop = await People.open()
    const order = { id: 'ST-MQ-2001', at: '2026-02-01T10:00:00.000Z', total: '10.00' }
    const mistaken = { ...order, customer: 'cust-mira', email: 'mira.quell@example.org' }
    const own = { ...order, id: 'S-2', customer: 'cust-mira', updated: '2026-02-01T10:00:00.000Z' }
    await shop.poll([{ ...mistaken, updated: '2026-02-01T10:00:00.000Z' }, own])
    const corrected = { ...order, customer: 'cust-other', updated: '2026-02-03T10:00:00.000Z' }
    await shop.poll([corrected, own])
    const before = await shop.totals()
    await shop.erase({ type: 'customer', value: 'cust-mira' })
    assert.deepEqual(await shop.totals(), before)
    const hash = await shop.hashOf('mira.quell@example.org')
    const needles = { words: ['cust-mira', 'mira.quell', 'S-2', hash], keys: [] }
    assert.deepEqual(await traces(shop.id, needles), [])
    const versions = await rows<{ customer: string }>(
      `SELECT if(startsWith(customer_id, 'erased-'), 'erased', customer_id) AS customer FROM order_log
       WHERE order_id = 'ST-MQ-2001' ORDER BY commit_id`
    )
    assert.deepEqual(
      versions.map(({ customer }) => customer),
      ['erased', 'cust-other']
    )
    shop.close()
  }).timeout(300_000)
  test('a path that once held another’s visits forgets them', async ({ assert }) => {
    const shop = await People.open()
    const visits = [
      'occurred_at,client_id,customer_id,source,medium,campaign,click_id,referrer,landing_page,order_id',
      '2026-01-01T09:00:00Z,browser-other,,facebook,paid,retarget,,,https://shop.example/a,',
      '2026-01-01T10:00:00Z,browser-mira,,google,cpc,spring,,,https://shop.example/mira-only,',
    ]
    const orders = (ofMira: string) => [
      head,
      'P-1,2026-01-02,1,1.00,cust-other,,,browser-other,GB,,,,',
      `P-2,2026-01-03,1,1.00,${ofMira},,,browser-mira,GB,,,,`,
    ]
    await shop.import('visits', visits)
    await shop.import('lines', orders('cust-other'))
    const former = `SELECT sum(sign) AS times FROM paths WHERE length(touch_key) = 2 AND project_id = {id:UInt64}`
    assert.deepEqual(await rows(former, { id: shop.id }), [{ times: '1' }])
    await shop.import('lines', orders('cust-mira'))
    assert.deepEqual(await rows(former, { id: shop.id }), [{ times: '0' }])
    const before = await shop.totals()
    const keys = await rows<{ key: string }>(
      `SELECT DISTINCT toString(touch_key) AS key FROM touch
       WHERE project_id = {id:UInt64} AND landing_page LIKE '%mira-only'`,
      { id: shop.id }
    )
    const needles = { words: ['browser-mira', 'P-2'], keys: keys.map(({ key }) => key) }
    // Apart and together, each with what took it back, and apart again.
    assert.include((await traces(shop.id, needles)).join(), 'paths.touch_key: 5')

    await shop.erase({ type: 'client', value: 'browser-mira' })
    assert.deepEqual(await shop.totals(), before)
    assert.deepEqual(await traces(shop.id, needles), [])
    shop.close()
  }).timeout(300_000)
})
