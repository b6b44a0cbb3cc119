import { test } from '@japa/runner'
import { useDatabases } from '#tests/databases'
import { january, NOON, order, path } from '../helpers/attribution_worlds.ts'
import { bothAnswers } from '../helpers/attribution_reference.ts'
import { DAY, type World } from '../helpers/journeys.ts'

/** Pages by number, the first ones more often than the last. */
const pageOf = (number: number) => `/${String(number).padStart(3, '0')}`

/** An order through each of so many pages, and through the first of them. */
function worldOfPages(converting: number, lost: number): World {
  const all = Array.from({ length: converting + lost }, (_, number) => number)
  return {
    touches: all.flatMap((number) => [
      {
        key: BigInt(10 * number),
        person: BigInt(number + 1),
        time: NOON - DAY,
        landingPage: '/000',
      },
      {
        key: BigInt(10 * number + 1),
        person: BigInt(number + 1),
        time: NOON - 1000,
        landingPage: pageOf(number),
      },
    ]),
    conversions: all
      .slice(0, converting)
      .flatMap((number) =>
        Array.from({ length: number % 3 === 0 ? 2 : 1 }, (_, again) =>
          order(BigInt(100 * number + again), BigInt(number + 1), '0.000000007')
        )
      ),
  }
}

test.group('Attribution in SQL, at its limits', (group) => {
  useDatabases(group, { clickhouse: true })

  test('beyond 200 players the rest is one: {converting} convert, {lost} do not')
    .with([
      { converting: 230, lost: 20 },
      { converting: 150, lost: 120 },
      { converting: 200, lost: 1 },
      { converting: 199, lost: 1 },
    ])
    .run(async ({ assert }, { converting, lost }) => {
      const world = worldOfPages(converting, lost)
      for (const models of [['linear', 'time_decay'], ['shapley'], undefined]) {
        const { bySql, byReference } = await bothAnswers(world, {
          ...january,
          group_by: 'landing_page',
          ...(models && { models }),
        })
        assert.deepEqual(bySql, byReference)
        const named = Object.keys(bySql.figures).some((key) => key.startsWith('(other) '))
        assert.equal(named, converting > 200)
      }
    })

  test('one path of 100,000 touches', async ({ assert }) => {
    const channels = ['A', 'B', 'C', 'Direct', '']
    const touches = Array.from({ length: 100_000 }, (_, number) => ({
      key: BigInt(number),
      person: 1n,
      time: NOON - number * 17,
      channel: channels[(number * number) % channels.length] ?? '',
      isDirect: number % 4 === 0,
    }))
    const { bySql, byReference } = await bothAnswers(
      { touches, conversions: [order(100_000n, 1n, '1234.567890123')] },
      january
    )
    assert.deepEqual(bySql, byReference)
  })

  test('a single path of one touch has everything in every model', async ({ assert }) => {
    const { bySql, byReference } = await bothAnswers(
      { touches: path(1n, ['Email']), conversions: [order(1n, 1n, '-3.5')] },
      january
    )
    assert.deepEqual(bySql, byReference)
    assert.sameMembers([...new Set(Object.values(bySql.figures))], ['1000000000 -3500000000'])
  })

  test('amounts of {gross} are divided to the last billionth')
    .with([
      { gross: '0.000000001' },
      { gross: '-0.000000002' },
      { gross: '9223372036.854775808' },
      { gross: '12345678901234567890.123456789' },
      { gross: '-9999999999999999999999999999.999999999' },
    ])
    .run(async ({ assert }, { gross }) => {
      const { bySql, byReference } = await bothAnswers(
        {
          touches: [...path(1n, ['A', 'B', 'A', 'C', 'B', 'D', 'E']), ...path(2n, ['A', 'C'])],
          conversions: [order(1n, 1n, gross), order(2n, 2n, gross)],
        },
        { ...january, params: { position_based: { first: 0.1, last: 0.3 } } }
      )
      assert.deepEqual(bySql, byReference)
    })

  test('windows that begin before 1970', async ({ assert }) => {
    const second = Date.UTC(1970, 0, 2, 12)
    const world = {
      touches: [
        { key: 1n, person: 1n, time: 0, channel: 'A' },
        { key: 2n, person: 1n, time: second, channel: 'B' },
        { key: 3n, person: 2n, time: 0, channel: 'B' },
      ],
      conversions: [order(11n, 1n, '5', second), order(12n, 3n, '5', 0)],
    }
    for (const window_days of [1, 90, 365]) {
      const { bySql, byReference } = await bothAnswers(world, {
        date_from: '1970-01-01',
        date_to: '1970-01-02',
        window_days,
      })
      assert.deepEqual(bySql, byReference, `${window_days} days`)
      assert.equal(bySql.nullPaths, 1)
    }
  })

  test('what an order says itself counts where nobody was seen for 90 days, in any window', async ({
    assert,
  }) => {
    const world = {
      touches: path(1n, ['Email'], NOON - 100 * DAY),
      conversions: [
        { ...order(1n, 1n, '5'), own: { channel: 'Paid Search' } },
        { ...order(2n, 0n, '7'), own: { channel: 'Referral' } },
      ],
    }
    for (const window_days of [1, 90, 120]) {
      const { bySql, byReference } = await bothAnswers(world, { ...january, window_days })
      assert.deepEqual(bySql, byReference, `${window_days} days`)
      assert.equal(bySql.figures['Paid Search last_touch'], '1000000000 5000000000')
      assert.equal('Email first_touch' in bySql.figures, window_days === 120)
    }
  })
})
