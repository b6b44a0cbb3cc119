import { setTimeout as sleep } from 'node:timers/promises'
import { test } from '@japa/runner'
import { KilledWorker } from '#ingestion/tests/helpers/killed_worker'
import { rebuildProject } from '#ingestion/public'
import { useDatabases } from '#tests/databases'
import { isSoak, killedSteps, seededKills } from '#tests/kills'
import { rows } from '#warehouse/public'
import PrivacyRequest from '../../models/privacy_request.ts'
import { erasureSteps, type ErasureStep } from '../../steps.ts'
import { file, visits } from '../helpers/file.ts'
import { People, useStall } from '../helpers/people.ts'
import { keysBeside, traces } from '../helpers/traces.ts'

const random = seededKills(7)
/** Steps after which a worker is killed. */
const targets = killedSteps(erasureSteps, 4, random)
const isDone = async (id: string) => (await PrivacyRequest.findOrFail(id)).status === 'done'

/** Kills a worker after each of these steps, and lets the last one finish. */
async function eraseUnderKills(id: string): Promise<ErasureStep[]> {
  const landed: ErasureStep[] = []
  for (const target of targets) {
    const worker = new KilledWorker<ErasureStep>()
    const place = erasureSteps.indexOf(target)
    await worker.until(
      async (seen) => seen.some((step) => erasureSteps.indexOf(step) >= place) || isDone(id)
    )
    await sleep(random() * 60)
    const seen = worker.steps()
    await worker.kill()
    landed.push(...seen.slice(-1))
  }
  const worker = new KilledWorker<ErasureStep>()
  await worker.until(() => isDone(id))
  await worker.kill()
  return landed
}

/** Versions of facts, and vendors' rows, that are there twice. */
async function doubled(): Promise<unknown[]> {
  const logs = ['order_line_log', 'order_log', 'refund_log', 'touchpoint_log', 'product_log']
  const found = []
  for (const log of logs) {
    found.push(
      ...(await rows(
        `SELECT '${log}' AS log, fact_id FROM ${log} GROUP BY fact_id, commit_id, is_deleted HAVING count() > 1`
      ))
    )
  }
  const records = 'integration_id, stream, run_id, record_key, commit_id, hash'
  // One record each of an order, of its refund and of its lines' products.
  found.push(
    ...(await rows(`SELECT record_key FROM records GROUP BY ${records} HAVING count() > 2`))
  )
  return found
}

test.group('kill -9 of an erasure', (group) => {
  useDatabases(group, { clickhouse: true })
  useStall(group)

  test('killed between two steps, it ends as if nothing had happened', async ({ assert }) => {
    const shop = await People.open()
    await shop.import('lines', file)
    await shop.import('visits', visits)
    await shop.poll([
      {
        id: 'ST-MQ-2001',
        at: '2026-02-01T10:00:00.000Z',
        updated: '2026-02-01T10:00:00.000Z',
        total: '12.00',
        email: 'mira.quell@example.org',
        refund: '2.00',
      },
    ])
    const before = await shop.totals()
    const words = [
      'cust-mira',
      'mira.quell',
      'GA1.2.555.777',
      'MQ-1001',
      'MQ-1002',
      'C-MQ-1077',
      'ST-MQ-2001',
    ]
    const needles = { words, keys: await keysBeside(words) }
    const id = await shop.askErasure({ type: 'email', value: 'mira.quell@example.org' })
    const landed = await eraseUnderKills(id)
    // On a busy machine a kill may come a step late.
    assert.isAtLeast(new Set(landed).size, targets.length - (isSoak ? 2 : 1), landed.join(' '))
    assert.deepEqual(await shop.totals(), before)
    assert.deepEqual(await traces(shop.id, needles), [])
    assert.deepEqual(await doubled(), [])
    await rebuildProject(shop.id)
    assert.deepEqual(await shop.totals(), before)
    await shop.import('lines', file)
    assert.deepEqual(await shop.totals(), before)
    shop.close()
  }).timeout(900_000)
})
