import { test } from '@japa/runner'
import { api } from '#tests/api'
import { useDatabases } from '#tests/databases'
import { makeProject } from '#tests/factories'
import { runIntegration } from '../../run_integration.ts'
import { inSlices, publishedVersion, rows, versionParams } from '#warehouse/public'
import { figures } from '../helpers/harbour.ts'

const orders = {
  kind: 'orders',
  columns: { order_id: 'id', ordered_at: 'at', total: 'total' },
  constants: { currency: 'EUR' },
}
const spend = {
  kind: 'ad_spend',
  columns: { date: 'day', cost: 'cost', campaign: 'campaign' },
  constants: { currency: 'EUR', source: 'google' },
}
const touchpoints = {
  kind: 'touchpoints',
  columns: { occurred_at: 'at', client_id: 'client', landing_page: 'page', channel: 'channel' },
}

/** `date channel` of all touches that reports see. */
async function touches(projectId: string): Promise<string[]> {
  const found = await rows<{ touch: string }>(
    `SELECT concat(toString(date), ' ', channel) AS touch FROM touch WHERE ${inSlices('touch')} ORDER BY touch`,
    versionParams(await publishedVersion(projectId))
  )
  return found.map(({ touch }) => touch)
}

async function importer() {
  const { id, owner } = await makeProject({ currency: 'EUR', timezone: 'UTC' })
  const importFile = async (spec: object, lines: string[]) => {
    const raw = new FormData()
    raw.append('spec', JSON.stringify(spec))
    raw.append('file', new Blob([`${lines.join('\n')}\n`]), 'file.csv')
    const path = `/projects/${id}/imports`
    const { body } = await api(owner).post<{ data: { run_id: string } }>(path, undefined, { raw })
    await runIntegration(body.data.run_id, new AbortController().signal)
  }
  return { id, importFile }
}

test.group('files that replace files', (group) => {
  useDatabases(group, { clickhouse: true })

  test('a file of another kind replaces what was imported under its name', async ({ assert }) => {
    const { id, importFile } = await importer()
    await importFile({ ...orders, name: 'same' }, ['id,at,total', '1,2026-01-02,11'])
    assert.deepInclude(await figures(id), { gross: 11, cost: 0 })
    await importFile({ ...spend, name: 'same' }, ['day,cost,campaign', '2026-01-02,5,c'])
    assert.deepInclude(await figures(id), { gross: 0, orders: 0, cost: 5 })
    await importFile({ ...orders, name: 'same' }, ['id,at,total', '1,2026-01-02,11'])
    assert.deepInclude(await figures(id), { gross: 11, cost: 0 })
  })

  test('of an order that a file lists twice the later row counts', async ({ assert }) => {
    const { id, importFile } = await importer()
    await importFile({ ...orders, name: 'a' }, [
      'id,at,total',
      ...['1,2026-01-02,11', '2,2026-01-02,1', '1,2026-01-03,12'],
    ])
    assert.deepInclude(await figures(id), { gross: 13, orders: 2 })
  })

  test('where two files know an order, the one imported later wins', async ({ assert }) => {
    const { id, importFile } = await importer()
    const first = ['id,at,total', '1,2026-01-02,10', '2,2026-01-02,20']
    await importFile({ ...orders, name: 'first' }, first)
    await importFile({ ...orders, name: 'second' }, [
      'id,at,total',
      '2,2026-01-02,21',
      '3,2026-01-02,30',
    ])
    assert.deepInclude(await figures(id), { gross: 61, orders: 3 })
    await importFile({ ...orders, name: 'first' }, first)
    assert.deepInclude(await figures(id), { gross: 60, orders: 3 })
    await importFile({ ...orders, name: 'first' }, ['id,at,total', '1,2026-01-02,10'])
    assert.deepInclude(await figures(id), { gross: 61, orders: 3 })
  })

  test('touches of a file are those of its newest version', async ({ assert }) => {
    const { id, importFile } = await importer()
    const spec = { ...touchpoints, name: 'visits' }
    const lines = [
      'at,client,page,channel',
      '2026-01-02T10:00:00Z,c1,https://shop.example/?utm_source=google&utm_medium=cpc,',
      '2026-01-03T10:00:00Z,c1,https://shop.example/,Radio',
      '2026-01-03T10:00:00Z,c1,https://shop.example/,Radio',
    ]
    await importFile(spec, lines)
    assert.deepEqual(await touches(id), [
      '2026-01-02 Paid Search',
      '2026-01-03 Radio',
      '2026-01-03 Radio',
    ])
    await importFile(spec, [
      ...lines.slice(0, 1),
      ...lines.slice(2, 3),
      '2026-01-05T10:00:00Z,c2,,',
    ])
    assert.deepEqual(await touches(id), ['2026-01-03 Radio', '2026-01-05 Direct'])
    await importFile({ ...orders, name: 'visits' }, ['id,at,total', '1,2026-01-02,11'])
    assert.deepEqual(await touches(id), [])
  })
})
