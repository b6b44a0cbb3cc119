import { test } from '@japa/runner'
import fc from 'fast-check'
import { apportion, splitRefund } from '../../exact/apportion.ts'
import { evenly, toCredits, WHOLE } from '../../exact/fraction.ts'
import { fromNanos, toNanos } from '../../exact/nanos.ts'

const sumOf = (values: readonly bigint[]) => values.reduce((sum, value) => sum + value, 0n)

test.group('Credits', () => {
  test('70,000 touches: the last gives nothing back', ({ assert }) => {
    // 10⁹ ÷ 70,000 = 14,285.71…: cut off, the last has 10⁹ − 69,999 × 14,285.
    const credits = toCredits(evenly(70_000))
    assert.equal(credits[0], 14_285n)
    assert.equal(credits.at(-1), 64_285n)
    assert.equal(sumOf(credits), WHOLE)
  })

  test('no touches, no credits', ({ assert }) => {
    assert.deepEqual(toCredits([]), [])
  })
})

test.group('Division of money', () => {
  test('{amount} over {weights}')
    .with([
      { amount: 100n, weights: [1n, 1n, 2n], parts: [25n, 25n, 50n] },
      // 33⅓ each: the missing unit goes to the last of equals.
      { amount: 100n, weights: [1n, 1n, 1n], parts: [33n, 33n, 34n] },
      // 16⅔, 33⅓, 50: to the largest remainder.
      { amount: 100n, weights: [1n, 2n, 3n], parts: [17n, 33n, 50n] },
      { amount: -100n, weights: [1n, 2n, 3n], parts: [-17n, -33n, -50n] },
      { amount: 5n, weights: [0n, 0n, 3n], parts: [0n, 0n, 5n] },
      { amount: 3n, weights: [0n, 0n], parts: [1n, 2n] },
      { amount: 0n, weights: [1n, 2n], parts: [0n, 0n] },
    ])
    .run(({ assert }, { amount, weights, parts }) => {
      assert.deepEqual(apportion(amount, weights), parts)
    })

  test('parts sum to the amount, each within one unit of its due', ({ assert }) => {
    const weights = fc.array(fc.bigInt(0n, WHOLE), { minLength: 1, maxLength: 12 })
    fc.assert(
      fc.property(fc.bigInt(-(10n ** 24n), 10n ** 24n), weights, (amount, drawn) => {
        const sum = sumOf(drawn)
        const parts = apportion(amount, drawn)
        assert.equal(sumOf(parts), amount)
        if (sum === 0n) return
        parts.forEach((part, place) => {
          const off = part * sum - amount * (drawn[place] ?? 0n)
          assert.isTrue(off < sum && off > -sum)
        })
      })
    )
  })
})

test.group('Refunds', () => {
  test('are taken back in the proportion of the split', ({ assert }) => {
    const credits = [400_000_000n, 200_000_000n, 400_000_000n]
    assert.deepEqual(splitRefund(toNanos('100'), toNanos('25'), credits).map(fromNanos), [
      '-10',
      '-5',
      '-10',
    ])
  })

  test('after a full refund nothing is left on any touch, in however many parts', ({ assert }) => {
    const refunds = fc.array(fc.bigInt(1n, 1000n), { minLength: 1, maxLength: 6 })
    const touches = fc.integer({ min: 1, max: 7 })
    fc.assert(
      fc.property(refunds, touches, (drawn, count) => {
        const credits = toCredits(evenly(count))
        const amount = sumOf(drawn)
        let left = amount
        const balance = apportion(amount, credits)
        for (const refund of drawn) {
          const taken = splitRefund(left, refund, credits)
          assert.equal(sumOf(taken), -refund)
          taken.forEach((part, place) => (balance[place] = (balance[place] ?? 0n) + part))
          left -= refund
        }
        assert.isTrue(balance.every((part) => part === 0n))
      })
    )
  })
})

test.group('Nano-units', () => {
  test('{text} is {nanos}')
    .with([
      { text: '0', nanos: 0n },
      { text: '12.3', nanos: 12_300_000_000n },
      { text: '-0.000000001', nanos: -1n },
      { text: '999999999999999.999999999', nanos: 999_999_999_999_999_999_999_999n },
    ])
    .run(({ assert }, { text, nanos }) => {
      assert.equal(toNanos(text), nanos)
      assert.equal(fromNanos(nanos), text)
    })

  test('what cannot be kept exactly is refused', ({ assert }) => {
    for (const text of ['', '1.0000000001', '1e3', '1,5', ' 1', '.5']) {
      assert.throws(() => toNanos(text), RangeError)
    }
  })
})
