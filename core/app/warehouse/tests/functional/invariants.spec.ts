import type { OrderLine } from '@analyticaflow/sdk'
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
import { expectedFacts, type ExpectedFact, type Files } from '../helpers/model.ts'
import { deliver, refresh } from '../helpers/publishing.ts'

const FILES = ['1', '2']

/**
 * The file imported last wins: its rank is the highest. How much one statement takes at once changes
 * nothing.
 */
function settingsFor(order: readonly string[], rowsAtOnce: number): RefreshSettings {
  const sources = FILES.map((integrationId) => ({
    integrationId,
    sourceType: 'csv',
    namespace: 'csv',
    rank: order.indexOf(integrationId) + 1,
  }))
  return { timezone: 'UTC', currency: 'EUR', sources, rowsAtOnce }
}

const lines = fc.array(
  fc.record({
    order: fc.integer({ min: 1, max: 5 }),
    day: fc.integer({ min: 1, max: 6 }),
    hour: fc.integer({ min: 0, max: 23 }),
    quantity: fc.integer({ min: -2, max: 4 }),
    price: fc.constantFrom('0', '1.25', '9.99'),
    customer: fc.constantFrom('', 'ann', 'bob'),
    refund: fc.boolean(),
    repeat: fc.integer({ min: 1, max: 2 }),
  }),
  { maxLength: 9 }
)

type Drawn = typeof lines extends fc.Arbitrary<infer T> ? T : never

function toLines(drawn: Drawn): OrderLine[] {
  const made: OrderLine[] = []
  for (const item of drawn) {
    // A credit note belongs to one order, whatever its lines: that follows from its number.
    const refundOf = item.refund && item.order > 2 ? String(item.order - 2) : ''
    for (let copy = 0; copy < item.repeat; copy += 1) {
      made.push({
        lineNumber: made.length + 2,
        orderId: item.refund ? `C${item.order}` : String(item.order),
        type: item.refund ? 'refund' : 'sale',
        at: `2024-03-0${item.day}T${String(item.hour).padStart(2, '0')}:${String(item.order).padStart(2, '0')}:00Z`,
        quantity: item.quantity,
        unitPrice: { amount: item.price, currency: 'EUR' },
        customerId: item.customer,
        refundOf,
      })
    }
  }
  return made
}

const cents = (text: string) => Math.round(Number(text) * 100)

async function shown(projectId: string): Promise<ExpectedFact[]> {
  const version = await publishedVersion(projectId)
  const found = await rows<Record<string, string | boolean>>(
    `SELECT order_id AS id, kind, date, gross, refunded, customer_id, is_counted, is_new
     FROM order_facts WHERE ${inSlices('orders')}`,
    versionParams(version)
  )
  return found.map((row) => ({
    id: String(row.id),
    kind: row.kind as ExpectedFact['kind'],
    date: String(row.date),
    cents: cents(String(row.gross)),
    refunded: cents(String(row.refunded)),
    customer: String(row.customer_id),
    counted: Boolean(row.is_counted),
    is_new: Boolean(row.is_new),
  }))
}

/** A refund of an order stands under the order's number in the table; the model names the document. */
function comparable(facts: readonly ExpectedFact[], files?: Files) {
  const refundOf = new Map<string, string>()
  for (const list of files?.lines.values() ?? [])
    for (const line of list) if (line.refundOf) refundOf.set(line.orderId, line.refundOf)
  return facts
    .map((fact) => ({ ...fact, id: refundOf.get(fact.id) ?? fact.id }))
    .map((fact) => JSON.stringify(fact))
    .sort()
}

async function derivedTables(projectId: string) {
  const version = await publishedVersion(projectId)
  const facts = await rows(
    `SELECT * EXCEPT (generation) FROM order_facts WHERE ${inSlices('orders')} ORDER BY date, fact_key`,
    versionParams(version)
  )
  const kpi = await rows(
    `SELECT * EXCEPT (generation) FROM daily_kpi WHERE ${inSlices('kpi')} ORDER BY ALL`,
    versionParams(version)
  )
  const events = await rows(
    `SELECT event_date, event_type, fact_id, order_id, customer_id, revenue, transactions FROM events FINAL
     WHERE project_id = {project_id:UInt64} ORDER BY ALL`,
    versionParams(version)
  )
  return { facts, kpi, events }
}

test.group('warehouse invariants', (group) => {
  useDatabases(group, { clickhouse: true })

  test('after any sequence of imports: as the model says, and as a rebuild from scratch', async ({
    assert,
  }) => {
    const rowsAtOnce = fc.constantFrom(2, 5, 1_000_000)
    const step = fc.record({ file: fc.constantFrom(...FILES), lines, rowsAtOnce })
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 5 }), async (steps) => {
        const { id } = await makeProject()
        const files: Files = { order: [], lines: new Map() }
        for (const { file, lines: drawn, rowsAtOnce } of steps) {
          const made = toLines(drawn)
          files.order = [...files.order.filter((name) => name !== file), file]
          files.lines.set(file, made)
          const delivery = {
            projectId: id,
            integrationId: file,
            kind: 'order_line' as const,
            rows: made,
          }
          await deliver(delivery, settingsFor(files.order, rowsAtOnce))
          assert.deepEqual(comparable(await shown(id)), comparable(expectedFacts(files), files))
        }
        const incremental = await derivedTables(id)
        const version = await openCommit({
          projectId: id,
          integrationId: null,
          runId: null,
          cause: 'rebuild',
        })
        await dirtyEverything(version)
        await refresh(version, settingsFor(files.order, 3), '0')
        assert.deepEqual(await derivedTables(id), incremental)
      }),
      { numRuns: propertyRuns(6), seed: 20240301, endOnFailure: true }
    )
  }).timeout(propertyTimeout(240_000))
})
