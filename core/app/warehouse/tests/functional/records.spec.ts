import type { OrderLine } from '@analyticaflow/sdk'
import { test } from '@japa/runner'
import { useDatabases } from '#tests/databases'
import { makeProject } from '#tests/factories'
import { rows, writeRecords, type StagedRows } from '#warehouse/public'
import { deliver, refresh, type Delivery } from '../helpers/publishing.ts'

const settings = {
  timezone: 'UTC',
  currency: 'EUR',
  sources: [{ integrationId: '1', sourceType: 'csv', namespace: 'csv', rank: 1 }],
}

const line = (orderId: string, productId: string): OrderLine => ({
  orderId,
  type: 'sale',
  at: '2024-03-01T10:00:00Z',
  productId,
  quantity: '1',
  unitPrice: { amount: '10', currency: 'EUR' },
  lineNumber: 1,
})

/** Publishes the lines; returns what writes their records. */
async function published(projectId: string, lines: readonly OrderLine[], more?: Partial<Delivery>) {
  const one = { projectId, integrationId: '1', kind: 'order_line' as const, rows: lines }
  let runId = ''
  const version = await deliver({ ...one, ...more } as typeof one, settings, (...commit) => {
    runId = commit[3] ?? ''
    return refresh(...commit)
  })
  const staged: StagedRows = {
    stream: 'test',
    kinds: ['order_line'],
    pages: [{ fence: 1, from: 0, to: 0 }],
    identity: more?.key ? 'record_key' : 'content',
    observedAt: '2024-03-02T00:00:00.000Z',
  }
  const run = { runId, integrationId: '1' }
  return { runId, write: () => writeRecords(version, run, staged) }
}

async function products(runId: string): Promise<string[]> {
  const found = await rows<{ product: string }>(
    `SELECT JSONExtractString(payload, 'productId') AS product FROM records
     WHERE run_id = {run_id:UInt64} ORDER BY record_key`,
    { run_id: runId }
  )
  return found.map(({ product }) => product)
}

test.group('records', (group) => {
  useDatabases(group, { clickhouse: true })

  test('of a file: each line that changed has one, however often they are written', async ({
    assert,
  }) => {
    const { id } = await makeProject({ currency: 'EUR', timezone: 'UTC' })
    const first = await published(id, [line('1', 'tea'), line('1', 'tea'), line('2', 'cup')])
    await first.write()
    await first.write()
    assert.deepEqual(await products(first.runId), ['tea', 'tea', 'cup'])

    const second = await published(id, [line('1', 'tea'), line('1', 'pot'), line('2', 'cup')])
    await second.write()
    await second.write()
    assert.deepEqual(await products(second.runId), ['pot'])
    assert.deepEqual(await products(first.runId), ['tea', 'tea', 'cup'])
  })

  test('of keyed rows: a key has one, however often a page holds it', async ({ assert }) => {
    const { id } = await makeProject({ currency: 'EUR', timezone: 'UTC' })
    const key = (row: OrderLine) => row.orderId
    const twice = [line('1', 'tea'), line('2', 'cup'), line('1', 'tea')]
    const { runId, write } = await published(id, twice, { key } as Partial<Delivery>)
    await write()
    await write()
    assert.deepEqual(await products(runId), ['tea', 'cup'])
  })
})
