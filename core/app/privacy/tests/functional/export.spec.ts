import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { api } from '#tests/api'
import { useDatabases } from '#tests/databases'
import { addTo } from '#tests/factories'
import { carryOutRequest, reapRequests } from '../../public.ts'
import { file, visits } from '../helpers/file.ts'
import { People, useStall } from '../helpers/people.ts'

interface Export {
  data: { id: string; status: string; file_url: string | null; file_size: number | null }
}

test.group('export of a person', (group) => {
  useDatabases(group, { clickhouse: true })
  useStall(group)

  test('holds all that is stored of the person and nothing of anybody else, for a week', async ({
    assert,
  }) => {
    const shop = await People.open()
    await shop.import('lines', file)
    await shop.import('visits', visits)
    const path = `/projects/${shop.id}/privacy/exports`
    const alias = { type: 'phone', value: '44 (20) 7946-0911' }
    const asked = await shop.api.post<Export>(path, { alias })
    assert.equal(asked.status, 202)
    assert.isNull(asked.body.data.file_url)
    const { id } = asked.body.data
    assert.equal((await shop.api.get(`${path}/${id}/file`)).status, 404)
    await carryOutRequest(id)

    const done = await shop.api.get<Export>(`${path}/${id}`)
    assert.deepInclude(done.body.data, { status: 'done' })
    const { text, headers } = await shop.api.get(`${path}/${id}/file`)
    assert.equal(Number(done.body.data.file_size), Buffer.byteLength(text))
    assert.equal(headers.get('cache-control'), 'no-store')
    const content = JSON.parse(text) as Record<string, Record<string, string>[]>
    assert.sameMembers(content.order_line?.map(({ order_id: order }) => order) ?? [], [
      'MQ-1001',
      'MQ-1001',
      'MQ-1002',
      'C-MQ-1077',
    ])
    assert.lengthOf(content.touchpoint ?? [], 2)
    assert.lengthOf(content.vendor_records ?? [], 6)
    assert.include(text, 'ring Mira.Quell@Example.org first')
    assert.notInclude(text, 'cust-other')
    assert.notInclude(text, 'OT-1')

    const entries = (await db.from('audit_log').where('project_id', shop.id).orderBy('id')) as {
      action: string
    }[]
    assert.includeMembers(
      entries.map(({ action }) => action),
      ['person.export_requested', 'person.export_fetched']
    )
    for (const level of ['editor', 'viewer'] as const) {
      const member = api(await addTo(shop, level))
      assert.equal((await member.get(`${path}/${id}/file`)).status, 403)
    }
    await db
      .from('privacy_requests')
      .where('id', id)
      .update({ expires_at: new Date(0) })
    await reapRequests()
    assert.equal((await shop.api.get(`${path}/${id}/file`)).status, 404)
    shop.close()
  }).timeout(120_000)

  test('of nobody is not found', async ({ assert }) => {
    const shop = await People.open()
    const path = `/projects/${shop.id}/privacy/exports`
    const alias = { type: 'email', value: 'nobody@example.org' }
    assert.equal((await shop.api.post(path, { alias })).status, 404)
    shop.close()
  })
})
