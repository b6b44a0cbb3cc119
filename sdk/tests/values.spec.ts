import { test } from '@japa/runner'
import fc from 'fast-check'
import {
  canonical,
  Day,
  decimal,
  Instant,
  Money,
  money,
  moneyOfMicros,
  moneyOfUnits,
} from '../src/index.ts'

const accepts = (schema: { safeParse(value: unknown): { success: boolean } }, value: unknown) =>
  schema.safeParse(value).success

test.group('money', () => {
  test('amounts are plain decimals below 10^15 with at most nine places', ({ assert }) => {
    for (const amount of ['0', '-12.30', '007', '999999999999999.999999999']) {
      assert.isTrue(accepts(Money, { amount, currency: 'EUR' }), amount)
    }
    for (const amount of [
      '',
      '1e5',
      '1,5',
      ' 1',
      '+1',
      '.5',
      '5.',
      '1000000000000000',
      '0.0000000001',
      12.3,
    ]) {
      assert.isFalse(accepts(Money, { amount, currency: 'EUR' }), String(amount))
    }
  })

  test('currencies are codes of ISO 4217', ({ assert }) => {
    for (const currency of ['eur', 'EURO', '€', '', 'QQQ']) {
      assert.isFalse(accepts(Money, { amount: '1', currency }), currency)
    }
    for (const currency of ['GBP', 'RUB', 'KWD', 'JPY']) {
      assert.isTrue(accepts(Money, { amount: '1', currency }), currency)
    }
  })

  test('a row has one currency', ({ assert }) => {
    const order = { externalId: '1', at: '2026-01-01T00:00:00Z', total: money(10, 'EUR') }
    assert.isTrue(accepts(canonical.order, { ...order, tax: money(1, 'EUR') }))
    assert.isFalse(accepts(canonical.order, { ...order, tax: money(1, 'USD') }))
    const lines = [{ quantity: 1, gross: money(1, 'USD') }]
    assert.isFalse(accepts(canonical.order, { ...order, lines }))
  })

  test('numbers become decimal text without exponent or float noise', ({ assert }) => {
    assert.equal(decimal(0.1 + 0.2), '0.3')
    assert.equal(decimal(1e-7), '0.0000001')
    assert.equal(decimal(-0), '0')
    assert.equal(decimal('+12.500'), '12.5')
    assert.equal(decimal(100), '100')
    assert.equal(decimal('100'), '100')
    assert.throws(() => decimal(Number.NaN), RangeError)
    assert.throws(() => decimal(1e15), RangeError)
    assert.throws(() => decimal('1,5'), RangeError)
  })

  test('micros and cents become major units', ({ assert }) => {
    assert.deepEqual(moneyOfMicros('12340000', 'EUR'), { amount: '12.34', currency: 'EUR' })
    assert.equal(moneyOfMicros(-1, 'EUR').amount, '-0.000001')
    assert.equal(moneyOfUnits(5, 2, 'EUR').amount, '0.05')
    assert.equal(moneyOfUnits('1500', 0, 'JPY').amount, '1500')
    assert.throws(() => moneyOfMicros('1.5', 'EUR'), RangeError)
  })

  test('micros are exact for every amount', ({ assert }) => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n }), (micros) => {
        const [whole = '', fraction = ''] = moneyOfMicros(micros, 'EUR').amount.split('.')
        assert.equal(BigInt(whole + fraction.padEnd(6, '0')), micros)
      })
    )
  })
})

test.group('times', () => {
  test('need an offset, a real date and a year that the warehouse keeps', ({ assert }) => {
    for (const time of [
      '2026-03-29T02:30:00Z',
      '2026-03-29T02:30:00.123456+05:30',
      '2024-02-29T00:00:00Z',
    ]) {
      assert.isTrue(accepts(Instant, time), time)
    }
    for (const time of [
      '2026-03-29T02:30:00',
      '2026-03-29 02:30:00Z',
      '2026-02-30T00:00:00Z',
      '2026-03-29T25:00:00Z',
      '1969-12-31T23:59:59Z',
      '2106-01-01T00:00:00Z',
      '1970-01-01T00:30:00+01:00',
      'yesterday',
    ]) {
      assert.isFalse(accepts(Instant, time), time)
    }
  })

  test('days are real and in range', ({ assert }) => {
    assert.isTrue(accepts(Day, '2024-02-29'))
    for (const day of [
      '2025-02-29',
      '2025-2-3',
      '1969-12-31',
      '2106-01-01',
      '2025-01-01T00:00:00Z',
    ]) {
      assert.isFalse(accepts(Day, day), day)
    }
  })
})

test.group('canonical rows', () => {
  test('the factors of a line leave room for their product', ({ assert }) => {
    const line = {
      lineNumber: 1,
      orderId: 'o',
      type: 'sale',
      at: '2025-06-01T10:00:00Z',
      quantity: '999999999',
      unitPrice: money('99999999999', 'EUR'),
    }
    assert.isTrue(accepts(canonical.order_line, line))
    assert.isFalse(accepts(canonical.order_line, { ...line, quantity: '1000000000' }))
    const unitPrice = money('100000000000', 'EUR')
    assert.isFalse(accepts(canonical.order_line, { ...line, unitPrice }))
  })

  test('an unknown field is refused by name', ({ assert }) => {
    const result = canonical.refund.safeParse({
      externalId: '1',
      at: '2026-01-01T00:00:00Z',
      amount: money(1, 'EUR'),
      order: '7',
    })
    assert.include(result.error?.issues[0]?.message, '"order"')
  })

  test('clicks are whole and not negative, conversions may be fractional', ({ assert }) => {
    const row = { date: '2026-01-01', cost: money(1, 'EUR') }
    assert.isTrue(accepts(canonical.ad_spend_daily, { ...row, conversions: 3.5 }))
    assert.isFalse(accepts(canonical.ad_spend_daily, { ...row, clicks: 3.5 }))
    assert.isFalse(accepts(canonical.ad_spend_daily, { ...row, clicks: -1 }))
  })

  test('an exchange rate is above zero', ({ assert }) => {
    const row = { date: '2026-01-01', base: 'EUR', quote: 'USD' }
    assert.isTrue(accepts(canonical.exchange_rate, { ...row, rate: '0.00000001' }))
    for (const rate of ['0', '0.000', '-1', '0.000000001']) {
      assert.isFalse(accepts(canonical.exchange_rate, { ...row, rate }), rate)
    }
  })
})
