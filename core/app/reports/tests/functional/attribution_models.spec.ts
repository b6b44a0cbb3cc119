import { test } from '@japa/runner'
import fc from 'fast-check'
import { useDatabases } from '#tests/databases'
import { bothAnswers, players } from '../helpers/attribution_reference.ts'
import { DAY, type World } from '../helpers/journeys.ts'

const START = Date.UTC(2024, 0, 1)
const FROM = START + 200 * DAY
const TO = START + 260 * DAY

/** Days of a coarse grid, at times a millisecond beside: windows end there, and touches coincide. */
const time = (from: number, to: number) =>
  fc
    .tuple(fc.integer({ min: from, max: to }), fc.constantFrom(0, 0, 0, -1, 1, 12 * 3_600_000))
    .map(([day, beside]) => START + day * DAY + beside)

const touch = fc.record({
  /** Milliseconds from where the window of the person's first conversion opens. */
  beside: fc.option(fc.constantFrom(-1, 0, 1), { freq: 3 }),
  time: fc.oneof(time(1, 262), time(190, 262), time(225, 232)),
  isDirect: fc.boolean(),
  channel: fc.constantFrom('A', 'B', 'Paid Search', 'Поиск', '', '(not set)', '(other)'),
  source: fc.constantFrom('google', ''),
  medium: fc.constantFrom('cpc', ''),
  campaign: fc.constantFrom('Spring Sale', 'spring_sale', ' (SPRING) sale', 'Autumn', '!!!', ''),
  landingPage: fc.constantFrom('/', '/a', `/b'c\\`, ''),
})

const amount = fc.oneof(
  fc.constantFrom('0', '0.000000001', '0.01', '99.99', '1', '92233720368547.75807'),
  fc.bigInt(-(10n ** 13n), 10n ** 16n).map((nanos) => decimal(nanos))
)

function decimal(nanos: bigint): string {
  const digits = String(nanos < 0n ? -nanos : nanos).padStart(10, '0')
  return `${nanos < 0n ? '-' : ''}${digits.slice(0, -9)}.${digits.slice(-9)}`
}

const conversion = fc.record({
  time: time(198, 262),
  gross: amount,
  discount: fc.constantFrom('0', '0.1', '3.333333333'),
  refunded: fc.constantFrom('0', '0', '50', '99999'),
  cogs: fc.constantFrom('0', '1.000000001'),
  isNew: fc.boolean(),
  own: fc.constantFrom(undefined, { channel: 'Email', campaign: 'news' }),
})

const somebody = fc.record({
  touches: fc.array(touch, { maxLength: 12 }),
  conversions: fc.array(conversion, { maxLength: 3 }),
})

const request = fc.record({
  group_by: fc.constantFrom(...Object.keys(players)),
  window_days: fc.constantFrom(1, 7, 30, 89, 90, 91, 120, 200, 365),
  value: fc.constantFrom('revenue', 'margin'),
  params: fc.record({
    time_decay: fc.record({ half_life_days: fc.constantFrom(7, 1, 0.37, 100.5, 365) }),
    position_based: fc.constantFrom(
      { first: 0.4, last: 0.4 },
      { first: 1 / 3, last: 1 / 3 },
      { first: 0, last: 1 },
      { first: 0.5, last: 0 },
      { first: 0.123456789, last: 0.2 }
    ),
    markov: fc.record({ allocation: fc.constantFrom('path', 'global') }),
  }),
})

type Drawn<T> = T extends fc.Arbitrary<infer Value> ? Value : never
type Somebody = Drawn<typeof somebody>

/** Keys are drawn too: they decide between touches of one time. */
function worldOf(people: readonly Somebody[], keys: readonly bigint[], windowDays: number): World {
  let next = 0
  const key = () => (keys[next++ % keys.length] ?? 0n) * 1000n + BigInt(next)
  return {
    touches: people.flatMap(({ touches, conversions: [first] }, index) =>
      touches.map(({ beside, ...one }) => ({
        ...one,
        ...(beside !== null && first && { time: first.time - windowDays * DAY + beside }),
        key: key(),
        person: BigInt(index + 1),
      }))
    ),
    conversions: people.flatMap(({ conversions }, index) =>
      conversions.map(({ own, ...one }) => ({
        ...one,
        ...(own && { own }),
        key: key(),
        person: BigInt(index + 1),
      }))
    ),
    aliasOf: (person) => (person % 2n === 0n ? person : 1000n + person),
  }
}

const day = (at: number) => new Date(at).toISOString().slice(0, 10)

test.group('Attribution in SQL', (group) => {
  useDatabases(group, { clickhouse: true })

  test('every model credits everybody with what the reference does, to the last billionth', async ({
    assert,
  }) => {
    const keys = fc.array(fc.bigInt(1n, 2n ** 63n / 1000n), { minLength: 1, maxLength: 20 })
    const people = fc.array(somebody, { minLength: 1, maxLength: 8 })
    await fc.assert(
      fc.asyncProperty(people, keys, request, async (drawn, drawnKeys, asked) => {
        const { bySql, byReference } = await bothAnswers(
          worldOf(drawn, drawnKeys, asked.window_days),
          { date_from: day(FROM), date_to: day(TO), ...asked }
        )
        assert.deepEqual(bySql, byReference)
      }),
      { numRuns: 30 }
    )
  }).timeout(120_000)
})
