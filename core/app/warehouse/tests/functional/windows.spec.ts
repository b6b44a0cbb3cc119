import type { AdSpendDaily } from '@analyticaflow/sdk'
import { test } from '@japa/runner'
import fc from 'fast-check'
import { useDatabases } from '#tests/databases'
import { makeProject } from '#tests/factories'
import { inSlices, publishedVersion, rows, versionParams } from '#warehouse/public'
import { propertyRuns, propertyTimeout } from '#tests/properties'
import { deliver } from '../helpers/publishing.ts'

const settings = {
  timezone: 'UTC',
  currency: 'EUR',
  sources: [{ integrationId: '1', sourceType: 'ads', namespace: 'integration:1', rank: 1 }],
}

const dayText = (day: number) => `2024-05-${String(day).padStart(2, '0')}`
const keyOf = (row: AdSpendDaily) => JSON.stringify([row.adId, row.date])

/** What a vendor says of a window at one moment; the same answer may come twice. */
const answer = fc
  .record({
    from: fc.integer({ min: 1, max: 6 }),
    days: fc.integer({ min: 1, max: 3 }),
    rows: fc.uniqueArray(
      fc.record({
        ad: fc.constantFrom('a', 'b', 'c'),
        day: fc.integer({ min: 0, max: 2 }),
        cents: fc.integer({ min: 0, max: 3 }),
      }),
      { selector: ({ ad, day }) => `${ad}${day}`, maxLength: 7 }
    ),
    repeat: fc.boolean(),
  })
  .map(({ from, days, rows: drawn, repeat }) => ({
    from: dayText(from),
    to: dayText(from + days - 1),
    repeat,
    rows: drawn
      .filter(({ day }) => day < days)
      .map(({ ad, day, cents }): AdSpendDaily => ({
        date: dayText(from + day),
        adId: ad,
        cost: { amount: (cents / 100).toFixed(2), currency: 'EUR' },
        clicks: 0,
        impressions: 0,
      })),
  }))

/** What the vendor has after an answer. @returns how many rows it added, changed or took away */
function replaceWindow(
  vendor: Map<string, string>,
  { from, to, rows: said }: { from: string; to: string; rows: AdSpendDaily[] }
): number {
  const now = new Map(said.map((row) => [keyOf(row), row.cost.amount]))
  const gone = [...vendor.keys()].filter((key) => {
    const [, date = ''] = JSON.parse(key) as string[]
    return date >= from && date <= to && !now.has(key)
  })
  const written = [...now].filter(([key, cost]) => vendor.get(key) !== cost)
  for (const key of gone) vendor.delete(key)
  for (const [key, cost] of written) vendor.set(key, cost)
  return gone.length + written.length
}

test.group('windows', (group) => {
  useDatabases(group, { clickhouse: true })

  test('windows are replaced whole, in any order, and only changes are written', async ({
    assert,
  }) => {
    await fc.assert(
      fc.asyncProperty(fc.array(answer, { minLength: 1, maxLength: 6 }), async (answers) => {
        const { id } = await makeProject()
        const vendor = new Map<string, string>()
        let changes = 0
        for (const { from, to, rows: said, repeat } of answers) {
          const delivery = {
            projectId: id,
            integrationId: '1',
            kind: 'ad_spend_daily' as const,
            rows: said,
            key: keyOf,
            scope: { type: 'window' as const, from, to },
          }
          for (let times = repeat ? 2 : 1; times > 0; times -= 1) await deliver(delivery, settings)

          changes += replaceWindow(vendor, { from, to, rows: said })
        }
        const version = await publishedVersion(id)
        const shown = await rows<{ date: string; ad_id: string; cost: string }>(
          `SELECT date, ad_id, cost FROM daily_kpi WHERE ${inSlices('kpi')}`,
          versionParams(version)
        )
        assert.deepEqual(
          shown.map((row) => [JSON.stringify([row.ad_id, row.date]), Number(row.cost)]).sort(),
          [...vendor].map(([key, cost]) => [key, Number(cost)]).sort()
        )
        const [log] = await rows<{ n: string }>(
          'SELECT count() AS n FROM ad_spend_daily_log WHERE project_id = {id:UInt64}',
          { id }
        )
        assert.equal(Number(log?.n), changes)
      }),
      { numRuns: propertyRuns(6), seed: 20240501, endOnFailure: true }
    )
  }).timeout(propertyTimeout(240_000))

  test('a reader sees the former window or the new one, never a mixture', async ({ assert }) => {
    const { id } = await makeProject()
    // Each generation of the window has one total: 100 rows of the same cost.
    const generation = (cost: number): AdSpendDaily[] =>
      Array.from({ length: 100 }, (_, index) => ({
        date: dayText((index % 5) + 1),
        adId: String(index),
        cost: { amount: String(cost), currency: 'EUR' },
        clicks: 0,
        impressions: 0,
      }))
    const publish = (cost: number) =>
      deliver(
        {
          projectId: id,
          integrationId: '1',
          kind: 'ad_spend_daily',
          rows: generation(cost),
          key: keyOf,
          scope: { type: 'window', from: dayText(1), to: dayText(5) },
        },
        settings
      )
    await publish(1)
    const reading = { goesOn: true }
    const seen: number[] = []
    const reader = (async () => {
      while (reading.goesOn) {
        const version = await publishedVersion(id)
        const [found] = await rows<{ cost: string }>(
          `SELECT sum(cost) AS cost FROM daily_kpi WHERE ${inSlices('kpi')}`,
          versionParams(version)
        )
        seen.push(Number(found?.cost))
      }
    })()
    for (const cost of [2, 3, 4]) await publish(cost)
    reading.goesOn = false
    await reader
    assert.isAbove(seen.length, 5)
    assert.deepEqual(
      [...new Set(seen)].filter((cost) => cost % 100 !== 0 || cost < 100 || cost > 400),
      []
    )
    assert.deepEqual(
      seen,
      [...seen].sort((a, b) => a - b)
    )
  }).timeout(60_000)
})
