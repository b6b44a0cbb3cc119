import { cleanCampaignName } from '@analyticaflow/sdk'
import { test } from '@japa/runner'
import fc from 'fast-check'
import {
  attribute,
  AttributionParameters,
  models,
  nullPathOf,
  type Attribution,
  type NullPath,
  type Path,
  type Touch,
} from '#attribution/public'
import { useDatabases } from '#tests/databases'
import type { Version } from '#warehouse/public'
import { AttributionSettings } from '#measurement/public'
import type { Known } from '../../attribution/bind.ts'
import { compute } from '../../attribution/compute.ts'
import { sumUp, type Sums } from '../../attribution/figures.ts'
import { planAttribution, type AttributionPlan } from '../../attribution/plan.ts'
import { Reading } from '../../attribution/reading.ts'
import { AttributionRequest } from '../../attribution/request.ts'
import { DAY, writeWorld, type World, type WorldTouch } from '../helpers/journeys.ts'

const START = Date.UTC(2024, 0, 1)
const FROM = START + 200 * DAY
const TO = START + 260 * DAY

/** How a touch is called by each grouping that is drawn. */
const players: Record<string, (touch: WorldTouch) => string> = {
  channel: ({ channel }) => channel ?? '',
  campaign: ({ campaign }) => cleanCampaignName(campaign ?? ''),
  source_medium: ({ source, medium }) => (source || medium ? `${source} / ${medium}` : ''),
  landing_page: ({ landingPage }) => landingPage ?? '',
}

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
      conversions.map((one) => ({ ...one, key: key(), person: BigInt(index + 1) }))
    ),
    aliasOf: (person) => (person % 2n === 0n ? person : 1000n + person),
  }
}

const asNanos = (text: string) =>
  BigInt(text.replace('.', '').concat('0'.repeat(9 - (text.split('.')[1] ?? '').length)))

function amountOf(
  { gross, discount, refunded, cogs }: World['conversions'][number],
  value: string
) {
  const net = asNanos(gross) - asNanos(discount ?? '0') - asNanos(refunded ?? '0')
  return value === 'margin' ? net - asNanos(cogs ?? '0') : net
}

/** The reference's answer about the world. */
function expected({ touches, conversions }: World, plan: AttributionPlan): Attribution {
  const name = players[plan.grouping.name] ?? (() => '')
  const touchesOf = (person: bigint): Touch[] =>
    touches
      .filter((touch) => touch.person === person)
      .map((touch) => ({
        id: String(touch.key).padStart(20, '0'),
        time: touch.time,
        player: name(touch),
        isDirect: touch.isDirect ?? false,
      }))
  const range = { from: FROM, to: TO + DAY - 1 }
  const inRange = conversions.filter(({ time: at }) => at >= range.from && at <= range.to)
  const paths = inRange.map((one): Path => ({
    conversion: { id: String(one.key), time: one.time, revenue: amountOf(one, plan.value) },
    touches: touchesOf(one.person),
  }))
  const people = new Set(touches.map(({ person }) => person))
  const nullPaths = [...people].map((person): NullPath => {
    const times = inRange.filter((one) => one.person === person).map(({ time: at }) => at)
    return { touches: nullPathOf(touchesOf(person), times, range) }
  })
  return attribute(paths, nullPaths, plan)
}

/** A project that has settled nothing, and knows no campaigns of ad accounts. */
const known: Known = {
  paidChannels: [],
  campaigns: {
    campaign_ids: [],
    campaign_id_keys: [],
    campaign_names: [],
    campaign_name_keys: [],
    campaign_map_from: [],
    campaign_map_to: [],
    campaign_keys: [],
    campaign_labels: [],
  },
}

const day = (at: number) => new Date(at).toISOString().slice(0, 10)

async function found(version: Version, plan: AttributionPlan) {
  const reading = new Reading(plan, version, known, `test-${version.projectId}-${Math.random()}`)
  const computed = await compute(reading)
  return { sums: sumUp(plan, computed, []), nullPaths: computed.fit.nullPaths }
}

/** Both answers in one shape: figures by player and model, without rows of nothing. */
function figuresOf(rows: readonly { player: string | null; models: [string, object][] }[]) {
  return Object.fromEntries(
    rows.flatMap(({ player, models: credited }) =>
      credited.map(([model, figures]) => [`${player} ${model}`, figures] as const)
    )
  )
}

const isSomething = ([, { conversions, revenue }]: [
  string,
  { conversions: bigint; revenue: bigint },
]) => conversions !== 0n || revenue !== 0n

const plain = ({ conversions, revenue }: { conversions: bigint; revenue: bigint }) => ({
  conversions: String(conversions),
  revenue: String(revenue),
})

const ofSql = ({ players: rows }: Sums) =>
  figuresOf(
    rows.map(({ player, models: credited }) => ({
      player,
      models: [...credited].filter(isSomething).map(([model, figures]) => [model, plain(figures)]),
    }))
  )

const ofReference = ({ rows }: Attribution) =>
  figuresOf(
    rows.map(({ player, models: credited }) => ({
      player,
      models: Object.entries(credited)
        .filter(isSomething)
        .map(([model, figures]) => [model, plain(figures)]),
    }))
  )

test.group('Attribution in SQL', (group) => {
  useDatabases(group, { clickhouse: true })

  test('every model credits everybody with what the reference does, to the last billionth', async ({
    assert,
  }) => {
    let projects = 0
    const keys = fc.array(fc.bigInt(1n, 2n ** 63n / 1000n), { minLength: 1, maxLength: 20 })
    const people = fc.array(somebody, { minLength: 1, maxLength: 8 })
    await fc.assert(
      fc.asyncProperty(people, keys, request, async (drawn, drawnKeys, asked) => {
        const world = worldOf(drawn, drawnKeys, asked.window_days)
        const version = { projectId: String(++projects), commitId: '5', aborted: [] }
        await writeWorld(version, world)
        const plan = planAttribution(
          AttributionRequest.parse({ date_from: day(FROM), date_to: day(TO), ...asked }),
          AttributionSettings.parse({
            model: 'last_non_direct',
            conversion: 'order',
            ...AttributionParameters.parse({}),
          })
        )
        const { sums, nullPaths } = await found(version, plan)
        const reference = expected(world, plan)
        assert.deepEqual(ofSql(sums), ofReference(reference))
        assert.deepEqual(plain(sums.totals), plain(reference.totals))
        assert.equal(sums.touched.conversions, BigInt(reference.paths) * 1_000_000_000n)
        assert.equal(nullPaths, reference.pathsWithoutConversion)
      }),
      { numRuns: 30 }
    )
    assert.lengthOf(models, 8)
  }).timeout(120_000)
})
