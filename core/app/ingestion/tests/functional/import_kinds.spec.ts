import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { api } from '#tests/api'
import { useDatabases } from '#tests/databases'
import { makeProject } from '#tests/factories'
import { rows } from '#warehouse/public'
import { runIntegration } from '../../run_integration.ts'

/** A file of each kind that has neither orders nor spend, and where its row ends up. */
const files = [
  {
    kind: 'touchpoints',
    lines: ['at,channel', '2026-01-02T10:00:00Z,Radio'],
    columns: { occurred_at: 'at', channel: 'channel' },
    found: `touchpoint_log WHERE channel = 'Radio'`,
  },
  {
    kind: 'deals',
    lines: ['deal,at,stage,won,amount', 'd1,2026-01-02,Paid,true,12.5'],
    columns: { deal_id: 'deal', created_at: 'at', stage: 'stage', won: 'won', amount: 'amount' },
    constants: { currency: 'EUR' },
    found: `deal_log WHERE deal_id = 'd1' AND won = 1 AND amount = 12.5`,
  },
  {
    kind: 'customers',
    lines: ['id,mail', 'c1,ann@example.com'],
    columns: { customer_id: 'id', email: 'mail' },
    found: `customer_log WHERE customer_id = 'c1' AND email_hash != ''`,
  },
  {
    kind: 'products',
    lines: ['id,name,cost', 'p1,Cup,2.25'],
    columns: { product_id: 'id', product_name: 'name', unit_cost: 'cost' },
    constants: { currency: 'EUR' },
    found: `product_log WHERE product_id = 'p1' AND unit_cost = 2.25`,
  },
]

test.group('files of every kind', (group) => {
  useDatabases(group, { clickhouse: true })

  test('{kind}: a file of them is imported and found in its log')
    .with(files)
    .run(async ({ assert }, { found, lines, ...spec }) => {
      const { id, owner } = await makeProject({ currency: 'EUR', timezone: 'UTC' })
      const raw = new FormData()
      raw.append('spec', JSON.stringify({ ...spec, name: 'file' }))
      raw.append('file', new Blob([`${lines.join('\n')}\n`]), 'file.csv')
      const answer = await api(owner).post<{ data: { run_id: string } }>(
        `/projects/${id}/imports`,
        undefined,
        { raw }
      )
      assert.equal(answer.status, 202, answer.text)
      await runIntegration(answer.body.data.run_id, new AbortController().signal)
      const run = (await db
        .from('sync_runs')
        .where('id', answer.body.data.run_id)
        .firstOrFail()) as { status: string; error: unknown }
      assert.deepInclude(run, { status: 'done', error: null })
      const [row] = await rows<{ n: string }>(
        `SELECT count() AS n FROM ${found} AND project_id = {id:UInt64}`,
        { id }
      )
      assert.equal(row?.n, '1')
    })
})
