import { test } from '@japa/runner'
import fc from 'fast-check'
import { useDatabases } from '#tests/databases'
import { makeProject } from '#tests/factories'
import {
  dirtyEverything,
  inSlices,
  inVersion,
  openCommit,
  publishedVersion,
  rows,
  versionParams,
  type RefreshSettings,
} from '#warehouse/public'
import { propertyRuns, propertyTimeout } from '#tests/properties'
import { expectedJourneys, type World } from '../helpers/journey_model.ts'
import { deliver, refresh } from '../helpers/publishing.ts'

const kinds = ['touchpoint', 'order', 'deal'] as const
const integrationOf = { touchpoint: '1', order: '2', deal: '3' } as const

const settings: RefreshSettings = {
  timezone: 'America/New_York',
  currency: 'EUR',
  sources: Object.values(integrationOf).map((integrationId) => ({
    integrationId,
    sourceType: 'csv',
    namespace: 'csv',
    rank: 1,
  })),
}

/** Minutes after New Year: within a week, or on the edge of a journey's 90 days. */
const minute = fc.oneof(
  fc.integer({ min: 0, max: 7 * 1440 }),
  fc.integer({ min: 0, max: 3 }).map((more) => 90 * 1440 + more)
)
const at = (minutes: number, second: number) =>
  new Date(Date.UTC(2024, 0, 1) + minutes * 60_000 + second * 1000).toISOString()
const maybe = (...values: string[]) => fc.constantFrom('', '', ...values)

/** No two touches have one time: which of them is first, nobody could know. */
const touchpoints = fc
  .array(
    fc.record({
      minute,
      clientId: maybe('x', 'y', 'z'),
      customerId: maybe('a', 'b'),
      channel: fc.constantFrom('Direct', 'Email', 'Paid Search'),
    }),
    { maxLength: 8 }
  )
  .map((drawn) =>
    drawn.map(({ minute: minutes, ...row }, index) => ({
      ...row,
      externalId: String(index),
      at: at(minutes, index),
    }))
  )

const orders = fc.uniqueArray(
  fc.record({
    externalId: fc.constantFrom('1', '2', '3', '4'),
    at: minute.map((minutes) => at(minutes, 59)),
    total: fc.constantFrom('0', '10', '25.5').map((amount) => ({ amount, currency: 'EUR' })),
    clientId: maybe('x', 'y', 'z'),
    customerId: maybe('a', 'b'),
    email: maybe('a@example.com'),
    utmMedium: maybe('email'),
  }),
  { maxLength: 4, selector: ({ externalId }) => externalId }
)

const deals = fc.uniqueArray(
  fc.record({
    externalId: fc.constantFrom('1', '2'),
    at: minute.map((minutes) => at(minutes, 58)),
    won: fc.boolean(),
    contactId: maybe('k'),
    email: maybe('a@example.com'),
    orderId: maybe('1', '2', '9'),
  }),
  { maxLength: 2, selector: ({ externalId }) => externalId }
)

const step = fc.oneof(
  touchpoints.map((list) => ({ touchpoint: list })),
  orders.map((list) => ({ order: list })),
  deals.map((list) => ({ deal: list }))
)

const stored = `SELECT * EXCEPT (generation) FROM journeys WHERE ${inSlices('journeys')} ORDER BY goal, conversion_id`

async function journeys(projectId: string) {
  return rows<{ goal: string; conversion_id: string; touch_channel: string[] }>(
    stored,
    versionParams(await publishedVersion(projectId))
  )
}

/** What everybody's paths sum up to: each of them once. */
async function paths(projectId: string) {
  return rows(
    `SELECT * EXCEPT (commit_id, sign), sum(sign) AS times FROM paths WHERE ${inVersion}
     GROUP BY ALL HAVING times != 0 ORDER BY person_key`,
    versionParams(await publishedVersion(projectId))
  )
}

const comparable = (list: { goal: string; id: string; channels: string[] }[]) =>
  list.map((item) => JSON.stringify(item)).sort()

test.group('journeys after any history', (group) => {
  useDatabases(group, { clickhouse: true })

  test('as they follow from the rows alone, and as a rebuild makes them', async ({ assert }) => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 2, maxLength: 6 }), async (steps) => {
        const { id } = await makeProject()
        const world: World = { touchpoint: [], order: [], deal: [] }
        for (const change of steps) {
          Object.assign(world, change)
          for (const kind of kinds.filter((name) => name in change)) {
            const delivery = { projectId: id, integrationId: integrationOf[kind], kind }
            const key = ({ externalId }: { externalId: string }) => externalId
            await deliver({ ...delivery, rows: world[kind], key }, settings)
          }
          const shown = (await journeys(id)).map((row) => ({
            goal: row.goal,
            id: row.conversion_id,
            channels: row.touch_channel,
          }))
          assert.deepEqual(comparable(shown), comparable(expectedJourneys(world)))
        }
        const incremental = { journeys: await journeys(id), paths: await paths(id) }
        const rebuild = {
          projectId: id,
          integrationId: null,
          runId: null,
          cause: 'rebuild',
        } as const
        const version = await openCommit(rebuild)
        await dirtyEverything(version)
        await refresh(version, { ...settings, everything: true }, '0')
        assert.deepEqual({ journeys: await journeys(id), paths: await paths(id) }, incremental)
      }),
      { numRuns: propertyRuns(6), seed: 20240102, endOnFailure: true }
    )
  }).timeout(propertyTimeout(240_000))
})
