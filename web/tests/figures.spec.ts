import { test } from '@japa/runner'
import { formatter } from '../src/i18n/format.ts'
import { changeOf, formatMetric } from '../src/features/dashboard/metrics.ts'
import { toLine } from '../src/features/dashboard/series.ts'

/** Intl separates with non-breaking spaces. */
const plain = (text: string) => text.replace(/[\u00a0\u202f]/g, ' ')

test.group('Figures', () => {
  test('are written as the language writes them', ({ assert }) => {
    const [en, ru] = [formatter('en'), formatter('ru')]
    assert.equal(formatMetric(en, 'revenue', 9758809.994, 'GBP'), '£9,758,809.99')
    assert.equal(plain(formatMetric(ru, 'revenue', 9758809.994, 'GBP')), '9 758 809,99 £')
    assert.equal(formatMetric(en, 'orders', 19959, 'GBP'), '19,959')
    assert.equal(formatMetric(en, 'romi', 0.5, 'GBP'), '50.0%')
    assert.equal(formatMetric(en, 'romi', 0, 'GBP'), '0%')
    assert.equal(formatMetric(en, 'revenue', 1200, 'JPY'), '¥1,200')
  })

  test('countries have names where there is a code', ({ assert }) => {
    const [en, ru] = [formatter('en'), formatter('ru')]
    assert.deepEqual(['DE', 'ZZ', 'EIRE', 'de', 'GB'].map(en.country), [
      'Germany',
      'Unknown Region',
      'EIRE',
      'de',
      'United Kingdom',
    ])
    assert.equal(ru.country('DE'), 'Германия')
  })

  test('more is good news for revenue, bad for refunds, neither for cost', ({ assert }) => {
    assert.deepEqual(changeOf('revenue', 150, 100), { fraction: 0.5, tone: 'good' })
    assert.deepEqual(changeOf('refunds', 150, 100), { fraction: 0.5, tone: 'bad' })
    assert.deepEqual(changeOf('refunds', 50, 100), { fraction: -0.5, tone: 'good' })
    assert.deepEqual(changeOf('cost', 150, 100), { fraction: 0.5, tone: 'neutral' })
  })

  test('a change from below zero goes the way the figure went', ({ assert }) => {
    assert.deepEqual(changeOf('revenue', 50, -100), { fraction: 1.5, tone: 'good' })
  })

  test('there is no change against nothing', ({ assert }) => {
    assert.isNull(changeOf('revenue', 150, 0))
    assert.isNull(changeOf('aov', null, 100))
    assert.isNull(changeOf('revenue', 150, null))
  })
})

test.group('Lines', () => {
  const range = { from: '2024-01-01', to: '2024-01-03' }
  const rows = [
    { date: '2024-01-01', revenue: 10, aov: 5 },
    { date: '2024-01-03', revenue: 30, aov: null },
  ]

  test('a day without sales is a zero in sums and a gap in ratios', ({ assert }) => {
    assert.deepEqual(toLine(rows, 'revenue', range, 'day', 'monday').values, [10, 0, 30])
    assert.deepEqual(toLine(rows, 'aov', range, 'day', 'monday').values, [5, null, null])
  })
})
