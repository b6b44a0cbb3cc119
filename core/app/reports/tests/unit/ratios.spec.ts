import { test } from '@japa/runner'
import { evaluate, ratio, romi } from '../../catalogue/evaluate.ts'
import { findMetric } from '../../catalogue/metrics.ts'

test.group('Ratios', () => {
  test('romi as its owner gave it', ({ assert }) => {
    assert.equal(romi(1500, 1000), 0.5)
    assert.closeTo(romi(1000, 1500), -1 / 3, 1e-12)
    assert.equal(romi(1000, 0), 0)
  })

  test('a zero denominator gives null, or what the metric says', ({ assert }) => {
    assert.isNull(ratio(5, 0))
    assert.equal(ratio(5, 0, 0), 0)
    assert.equal(ratio(-5, 2), -2.5)
  })

  test('spend without revenue: ROAS 0, ROMI −1, DRR and CPA null', ({ assert }) => {
    const of = (key: string) => {
      const metric = findMetric(key)
      return metric && evaluate(metric, { cost: 100 })
    }
    assert.equal(of('roas'), 0)
    assert.equal(of('romi'), -1)
    assert.isNull(of('drr'))
    assert.isNull(of('cpa'))
  })

  test('a condition that does not hold makes the figure null', ({ assert }) => {
    const profit = findMetric('gross_profit')
    const claims = findMetric('platform_conversions')
    assert.isNull(profit && evaluate(profit, { gross: 10 }))
    assert.equal(profit && evaluate(profit, { gross: 10, cogs: 4 }), 6)
    assert.isNull(claims && evaluate(claims, { platform_conversions: 3, platforms: 2 }))
    assert.equal(claims && evaluate(claims, { platform_conversions: 3, platforms: 1 }), 3)
  })
})
