import { canonical } from '@analyticaflow/sdk'
import { test } from '@japa/runner'
import { factsOf } from '../src/orders/map.ts'
import { orderOf } from '../src/orders/map_order.ts'
import { touchpointsOf } from '../src/orders/map_touchpoints.ts'
import { orderRow, refundRow, visit } from './made_up.ts'

test.group('Visits before an order', () => {
  test('each visit is a touchpoint of the order, with its own link and parameters', ({
    assert,
  }) => {
    const paid = visit()
    const organic = visit({
      occurredAt: '2026-10-30T10:00:00Z',
      landingPage: 'https://x.example/mugs',
      referrerUrl: 'https://www.bing.com/',
      source: 'Bing',
      utmParameters: null,
    })
    const order = orderRow({ journey: { ready: true, visits: [organic, paid], lastVisit: paid } })
    const touchpoints = touchpointsOf(order).map((row) => canonical.touchpoint.parse(row))
    assert.lengthOf(touchpoints, 2)
    assert.containSubset(touchpoints[0], {
      at: '2026-10-30T10:00:00Z',
      orderId: '61',
      customerId: '5001',
      referrer: 'https://www.bing.com/',
      landingPage: 'https://x.example/mugs',
    })
    assert.notExists(touchpoints[0]?.source, 'what Shopify guesses is no UTM source')
    assert.containSubset(touchpoints[1], { source: 'google', medium: 'cpc', campaign: 'brand' })
    assert.notEqual(touchpoints[0]?.externalId, touchpoints[1]?.externalId)
  })

  test('the order came from the last of them', ({ assert }) => {
    const last = visit()
    const order = orderOf(orderRow({ journey: { ready: true, visits: [last], lastVisit: last } }))
    assert.containSubset(order, {
      utmSource: 'google',
      utmMedium: 'cpc',
      utmCampaign: 'brand',
      landingPage: 'https://x.example/?utm_source=google',
    })
  })

  // apis/shopify.md: `ready:false` (and null visits) right after the order; draft and POS orders have no journey.
  test('none yet, or never any', ({ assert }) => {
    const pending = { ready: false, visits: [], lastVisit: null }
    assert.deepEqual(touchpointsOf(orderRow({ journey: pending })), [])
    assert.deepEqual(touchpointsOf(orderRow({ journey: null })), [])
  })

  // apis/shopify.md, traps: drop `test:true`.
  test('a test order is marked, and neither refunds nor visits count', ({ assert }) => {
    const order = orderRow({
      test: true,
      refunds: [refundRow('5.0', [])],
      journey: { ready: true, visits: [visit()], lastVisit: null },
    })
    const facts = factsOf(order)
    assert.deepEqual(
      facts.map(({ kind }) => kind),
      ['order']
    )
    assert.isTrue(facts[0]?.kind === 'order' && facts[0].row.isTest)
    const real = factsOf({ ...order, test: false })
    assert.deepEqual(
      real.map(({ kind }) => kind),
      ['order', 'refund', 'touchpoint']
    )
  })
})
