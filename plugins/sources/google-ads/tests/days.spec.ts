import { test } from '@japa/runner'
import { AdSums, type Day } from '../src/days.ts'

const day = (changes: Partial<Day>): Day => ({
  date: '2026-11-03',
  account_id: '1234567890',
  account_name: 'Shop DE',
  currency: 'EUR',
  campaign_id: '500',
  campaign_name: 'Brand DE',
  channel_type: 'SEARCH',
  ad_group_id: '',
  ad_group_name: '',
  ad_id: '',
  ad_name: '',
  cost_micros: '0',
  impressions: '0',
  clicks: '0',
  conversions: 0,
  conversions_value: 0,
  ...changes,
})

test.group('what a campaign had beyond its ads', () => {
  test('all of it where it has no ads, as Performance Max', ({ assert }) => {
    const max = day({ campaign_id: '701', cost_micros: '12340000', clicks: '62', conversions: 3.5 })
    assert.deepEqual(new AdSums().restOf(max), max)
  })

  test('nothing where the ads say it all; dust of fractions is none', ({ assert }) => {
    const sums = new AdSums()
    for (const value of [0.1, 0.2]) {
      sums.add(day({ cost_micros: '5', clicks: '1', conversions: value, conversions_value: 10.1 }))
    }
    const campaign = day({
      cost_micros: '10',
      clicks: '2',
      conversions: 0.3,
      conversions_value: 20.2,
    })
    assert.isUndefined(sums.restOf(campaign))
  })

  test('the difference where ads say a part, beyond what a double holds', ({ assert }) => {
    const sums = new AdSums()
    sums.add(day({ cost_micros: '9007199254740993', impressions: '10', clicks: '3' }))
    const campaign = day({ cost_micros: '9007199254740995', impressions: '12', clicks: '1' })
    assert.deepInclude(sums.restOf(campaign), { cost_micros: '2', impressions: '2', clicks: '0' })
  })

  test('another day or campaign does not count', ({ assert }) => {
    const sums = new AdSums()
    sums.add(day({ date: '2026-11-04', cost_micros: '7' }))
    sums.add(day({ campaign_id: '501', cost_micros: '7' }))
    assert.deepInclude(sums.restOf(day({ cost_micros: '7' })), { cost_micros: '7' })
  })
})
