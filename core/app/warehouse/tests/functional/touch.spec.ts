import type { Session, Touchpoint } from '@analyticaflow/sdk'
import { test } from '@japa/runner'
import fc from 'fast-check'
import { useDatabases } from '#tests/databases'
import { makeProject } from '#tests/factories'
import {
  dirtyEverything,
  inSlices,
  openCommit,
  publishedVersion,
  rows,
  versionParams,
  type RefreshSettings,
} from '#warehouse/public'
import { propertyRuns, propertyTimeout } from '#tests/properties'
import { deliver, refresh } from '../helpers/publishing.ts'

const settings: RefreshSettings = {
  timezone: 'Europe/Berlin',
  currency: 'EUR',
  sources: ['1', '2'].map((integrationId) => ({
    integrationId,
    sourceType: 'csv',
    namespace: 'csv',
    rank: 1,
  })),
}

const touches = (projectId: string, list: readonly Touchpoint[], own = settings) =>
  deliver(
    {
      projectId,
      integrationId: '1',
      kind: 'touchpoint',
      rows: list,
      key: ({ externalId }) => externalId,
    },
    own
  )

const sessions = (projectId: string, list: readonly Session[], own = settings) =>
  deliver(
    {
      projectId,
      integrationId: '2',
      kind: 'session',
      rows: list,
      key: ({ externalId }) => externalId,
    },
    own
  )

async function shown(projectId: string) {
  return rows<Record<string, string>>(
    `SELECT * EXCEPT (generation) FROM touch WHERE ${inSlices('touch')} ORDER BY ALL`,
    versionParams(await publishedVersion(projectId))
  )
}

/** What people who write SQL see of them. */
const mirrored = (projectId: string) =>
  rows(
    `SELECT event_date, event_time, event_type, fact_id, client_id, source, channel FROM events FINAL
     WHERE project_id = {id:UInt64} ORDER BY ALL`,
    { id: projectId }
  )

/** `date source` of all touches. */
const days = async (projectId: string) =>
  (await shown(projectId)).map(({ date, source }) => `${date} ${source}`).sort()

async function rebuild(projectId: string, own = settings) {
  const version = await openCommit({
    projectId,
    integrationId: null,
    runId: null,
    cause: 'rebuild',
  })
  await dirtyEverything(version)
  await refresh(version, { ...own, everything: true }, '0')
}

const touch = (externalId: string, at: string, more: Partial<Touchpoint> = {}): Touchpoint => ({
  externalId,
  at,
  source: externalId,
  medium: 'email',
  ...more,
})

test.group('touch', (group) => {
  useDatabases(group, { clickhouse: true })

  test('stands on its day in the project, also where the clock changes', async ({ assert }) => {
    const { id } = await makeProject()
    await touches(id, [
      // 31 March 2024 has 23 hours in Berlin, 27 October 25.
      touch('a', '2024-03-30T22:59:59Z'),
      touch('b', '2024-03-30T23:00:00Z'),
      touch('c', '2024-03-31T21:59:59Z'),
      touch('d', '2024-03-31T22:00:00Z'),
      touch('e', '2024-10-26T22:00:00Z'),
      touch('f', '2024-10-27T22:59:59Z'),
      touch('g', '2024-10-27T23:00:00Z'),
    ])
    assert.deepEqual(await days(id), [
      '2024-03-30 a',
      '2024-03-31 b',
      '2024-03-31 c',
      '2024-04-01 d',
      '2024-10-27 e',
      '2024-10-27 f',
      '2024-10-28 g',
    ])
    await rebuild(id, { ...settings, timezone: 'America/New_York' })
    assert.deepEqual(await days(id), [
      '2024-03-30 a',
      '2024-03-30 b',
      '2024-03-31 c',
      '2024-03-31 d',
      '2024-10-26 e',
      '2024-10-27 f',
      '2024-10-27 g',
    ])
  })

  test('follows a touch that moves, changes or vanishes', async ({ assert }) => {
    const { id } = await makeProject()
    await touches(id, [touch('a', '2024-03-01T12:00:00Z'), touch('b', '2024-03-01T13:00:00Z')])
    await sessions(id, [{ externalId: 's', at: '2024-03-01T14:00:00Z', clientId: 'c1' }])
    assert.deepEqual(await days(id), ['2024-03-01 (direct)', '2024-03-01 a', '2024-03-01 b'])
    await touches(id, [touch('a', '2024-03-05T12:00:00Z')])
    assert.deepEqual(await days(id), ['2024-03-01 (direct)', '2024-03-05 a'])
    await touches(id, [touch('a', '2024-03-05T12:00:00Z', { source: 'z' })])
    assert.deepEqual(await days(id), ['2024-03-01 (direct)', '2024-03-05 z'])
    await touches(id, [])
    assert.deepEqual(await days(id), ['2024-03-01 (direct)'])
  })

  test('is of the most personal of its identifiers', async ({ assert }) => {
    const { id } = await makeProject()
    const at = '2024-03-01T12:00:00Z'
    await touches(id, [
      touch('a', at, { customerId: 'ann', clientId: 'c1' }),
      touch('b', at, { customerId: 'ann', email: 'a@example.com' }),
      touch('c', at, { clientId: 'c1', email: 'a@example.com' }),
      touch('d', at, { email: ' A@Example.com ', phone: '+1 2' }),
      touch('e', at, { email: 'a@example.com', orderId: '7' }),
      touch('f', at, { orderId: '7' }),
      touch('g', at),
      touch('h', at),
    ])
    await sessions(id, [{ externalId: 's', at, clientId: 'c1' }])
    const own = new Map((await shown(id)).map((row) => [row.source, row]))
    const alias = (source: string) => own.get(source)?.alias_key
    assert.equal(alias('a'), alias('b'))
    assert.equal(alias('c'), alias('(direct)'))
    assert.equal(alias('d'), alias('e'))
    assert.equal(alias('g'), own.get('g')?.touch_key)
    const distinct = new Set([...own.values()].map((row) => row.alias_key))
    assert.equal(distinct.size, 6)
  })

  test('a change of the channel rules reaches all of history', async ({ assert }) => {
    const { id } = await makeProject()
    await touches(id, [
      touch('a', '2020-03-01T12:00:00Z'),
      touch('b', '2024-03-01T12:00:00Z'),
      touch('c', '2024-03-01T12:00:00Z', { channel: 'Own' }),
    ])
    const channels = async () => (await shown(id)).map(({ channel }) => channel)
    assert.deepEqual(await channels(), ['Email', 'Email', 'Own'])
    const ruled = {
      ...settings,
      channelRules: [
        {
          channel: 'Letters',
          conditions: [{ field: 'medium', op: 'equals', values: ['email'] } as const],
        },
      ],
    }
    await rebuild(id, ruled)
    assert.deepEqual(await channels(), ['Letters', 'Letters', 'Own'])
    await rebuild(id)
    assert.deepEqual(await channels(), ['Email', 'Email', 'Own'])
  })

  test('after any edits as a rebuild from scratch', async ({ assert }) => {
    const visit = fc.record({
      id: fc.integer({ min: 1, max: 4 }),
      day: fc.integer({ min: 28, max: 31 }),
      hour: fc.integer({ min: 0, max: 23 }),
      source: fc.constantFrom('', 'google', 'a'),
      client: fc.constantFrom('', 'c1', 'c2'),
    })
    const step = fc.record({
      kind: fc.constantFrom('touchpoint', 'session'),
      visits: fc.uniqueArray(visit, { maxLength: 4, selector: ({ id }) => id }),
    })
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 5 }), async (steps) => {
        const { id } = await makeProject()
        const last = new Map<string, string[]>()
        for (const { kind, visits } of steps) {
          const made = visits.map(({ id: n, day, hour, source, client }) => ({
            externalId: String(n),
            at: `2024-03-${day}T${String(hour).padStart(2, '0')}:30:00Z`,
            source,
            clientId: client,
          }))
          await (kind === 'session' ? sessions : touches)(id, made)
          last.set(
            kind,
            made.map(
              ({ at, source }) =>
                `${kind} ${at.slice(0, 19).replace('T', ' ')} ${source || '(direct)'}`
            )
          )
          const found = (await shown(id)).map(
            (row) =>
              `${row.kind} ${String(row.event_time).slice(0, 19).replace('T', ' ')} ${row.source}`
          )
          assert.sameMembers(found, [...last.values()].flat())
        }
        const incremental = [await shown(id), await mirrored(id)]
        assert.lengthOf(incremental[1] ?? [], incremental[0]?.length ?? 0)
        await rebuild(id)
        assert.deepEqual([await shown(id), await mirrored(id)], incremental)
      }),
      { numRuns: propertyRuns(6), seed: 20240401, endOnFailure: true }
    )
  }).timeout(propertyTimeout(240_000))
})
