import { setTimeout as sleep } from 'node:timers/promises'
import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { api } from '#tests/api'
import { useDatabases } from '#tests/databases'
import { makeProject, withNewToken } from '#tests/factories'
import { seededKills } from '#tests/kills'
import { rows } from '#warehouse/public'
import { figures } from '../helpers/harbour.ts'
import { KilledWorker } from '../helpers/killed_worker.ts'
import { reapRuns } from '../../reap_runs.ts'
import { publicationSteps, type Step } from '../../steps.ts'

const ORDERS = 300

/** Numbers of the lines of a file, in their order. */
const numbers = (lines: number, skip: number): number[] =>
  Array.from({ length: lines }, (_, index) => index + 1).filter((n) => n !== skip)

/** A file of order lines whose totals are known without reading it: line n costs n cents. */
function file(lines: number, skip = 0): string {
  const body = numbers(lines, skip).map(
    (n) =>
      `${n % ORDERS},2024-02-${String((n % 28) + 1).padStart(2, '0')},1,${(n / 100).toFixed(2)},c${n % 50}`
  )
  return ['order,day,quantity,price,customer', ...body, ''].join('\n')
}

const cents = (lines: number) => (lines * (lines + 1)) / 2

const spec = {
  kind: 'order_lines',
  name: 'killed',
  columns: {
    order_id: 'order',
    ordered_at: 'day',
    quantity: 'quantity',
    unit_price: 'price',
    customer_id: 'customer',
  },
  constants: { currency: 'EUR' },
}

async function importFile(owner: Parameters<typeof api>[0], projectId: string, content: string) {
  const form = new FormData()
  form.append('spec', JSON.stringify(spec))
  form.append('file', new Blob([content]), 'lines.csv')
  const answer = await api(owner).post<{ data: { id: string } }>(
    `/projects/${projectId}/imports`,
    undefined,
    {
      raw: form,
    }
  )
  return answer.body.data.id
}

const runOf = async (importId: string) =>
  (await db
    .from('imports')
    .join('sync_runs', 'sync_runs.id', 'imports.run_id')
    .where('imports.id', importId)
    .select('sync_runs.*')
    .firstOrFail()) as { id: string; status: string; error: unknown }

const repeats = Number(process.env.AF_KILL_REPEATS ?? 1)
const random = seededKills(7)

/** Steps after which a kill has to land at least once: all but the last. */
const steps = publicationSteps.slice(0, -1)
const [late, early] = [steps.slice(-4), steps.slice(0, -4)]
/** Once published, a run is only finished and tidied up: of those steps an import can be killed at one. */
const plans: Step[][] = late.map((last, index) => (index === 0 ? [...early, last] : [last]))

const isEnded = async (importId: string) =>
  ['done', 'failed'].includes((await runOf(importId)).status)

/** Kills a worker after each step of the plan, lets the next one go on, and the last one finish. */
async function importUnderKills(importId: string, plan: Step[]): Promise<Step[]> {
  const landed: Step[] = []
  for (const target of plan) {
    const worker = new KilledWorker()
    // On a busy machine a kill comes a step late; what the former worker has done does not come again.
    const reached = (seen: Step[]) =>
      seen.some((step) => steps.indexOf(step) >= steps.indexOf(target))
    // What comes after the end of the run comes of the worker that ended it.
    const isAfterEnd = steps.indexOf(target) > steps.indexOf('run_finished')
    await worker.until(async (seen) => reached(seen) || (!isAfterEnd && (await isEnded(importId))))
    await sleep(random() * 60)
    const last = await worker.kill()
    if (last) landed.push(last)
  }
  const worker = new KilledWorker()
  await worker.until(() => isEnded(importId))
  await worker.kill()
  return landed
}

test.group('kill -9', (group) => {
  useDatabases(group, { clickhouse: true })

  test('killed between any two steps, an import loses nothing and doubles nothing', async ({
    assert,
  }) => {
    const { id, owner: account } = await makeProject({ currency: 'EUR', timezone: 'UTC' })
    const landed = new Set<Step>()
    const queue = Array.from({ length: repeats }, () => plans).flat()
    let before: number[] = []
    for (let round = 0; round < queue.length; round += 1) {
      const lines = 2000 + Math.floor(random() * 1000)
      const skip = round % 2 === 1 ? 7 : 0
      const owner = await withNewToken(account)
      const importId = await importFile(owner, id, file(lines, skip))
      for (const step of await importUnderKills(importId, queue[round] ?? [])) landed.add(step)

      assert.deepInclude(await runOf(importId), { status: 'done', error: null })
      assert.equal(Math.round((await figures(id)).gross * 100), cents(lines) - skip)
      const answer = await api(owner).get<{ data: object }>(`/projects/${id}/imports/${importId}`)
      const loaded = skip === 0 ? lines : lines - 1
      assert.deepInclude(answer.body.data, {
        rows_read: loaded,
        rows_loaded: loaded,
        rows_rejected: 0,
      })
      await reapLater()
      await assertClean(assert, id, lines, skip)
      await assertRecords(assert, importId, numbers(lines, skip), before)
      before = numbers(lines, skip)

      const missing = steps.filter((step) => !landed.has(step))
      if (round === queue.length - 1 && round < plans.length * repeats + 3) {
        queue.push(...missing.slice(0, 1).map((step) => [step]))
      }
    }
    assert.deepEqual([...landed].sort(), [...steps].sort(), 'kills landed between each two steps')
  }).timeout(600_000 * repeats)
})

/** What a worker left that died after the run was done, the reaper makes up for within two minutes. */
async function reapLater() {
  await db.from('commits').update({ published_at: new Date(Date.now() - 120_000) })
  await reapRuns()
}

/** The mirror says the same as the reports, and nothing waits in staging. */
async function assertClean(
  assert: { deepEqual(actual: unknown, expected: unknown): void },
  projectId: string,
  lines: number,
  skip: number
) {
  const [mirror] = await rows<{ revenue: string; orders: string }>(
    `SELECT sum(revenue) AS revenue, count() AS orders FROM events FINAL WHERE project_id = {id:UInt64}`,
    { id: projectId }
  )
  assert.deepEqual(
    [Math.round(Number(mirror?.revenue) * 100), mirror?.orders],
    [cents(lines) - skip, String(ORDERS)]
  )
  const [staged] = await rows<{ n: string }>('SELECT count() AS n FROM stage_order_line')
  assert.deepEqual(staged?.n, '0')
}

/** Each line that the file before did not have has its record, and has it once. */
async function assertRecords(
  assert: { deepEqual(actual: unknown, expected: unknown): void },
  importId: string,
  lines: number[],
  before: number[]
) {
  const { id: runId } = await runOf(importId)
  const found = await rows<{ line: number; price: string }>(
    `SELECT toUInt32(record_key) AS line, JSONExtractString(payload, 4) AS price FROM records
     WHERE run_id = {run_id:UInt64} ORDER BY line`,
    { run_id: runId }
  )
  const known = new Set(before)
  const expected = lines.map((n, index) => ({ n, line: index + 2, price: (n / 100).toFixed(2) }))
  assert.deepEqual(
    found,
    expected.filter(({ n }) => !known.has(n)).map(({ line, price }) => ({ line, price }))
  )
}
