import { test } from '@japa/runner'
import { api, type Many, type One } from '#tests/api'
import { useDatabases } from '#tests/databases'
import { signUp } from '#tests/factories'
import type { SourceView } from '../../views/source_view.ts'
import { useSources } from '../helpers/fixtures.ts'

type Source = One<typeof SourceView>

test.group('GET /sources', (group) => {
  useDatabases(group)
  useSources(group, 'northwind', 'throwing')

  test('tells what a form and a picture of the source need', async ({ assert }) => {
    const account = await signUp()
    const { body } = await api(account).get<Source>('/sources/northwind-shop')
    assert.containSubset(body.data, {
      title: 'Northwind Shop',
      source_type: 'northwind_shop',
      status: 'ok',
      auth: ['api_key'],
      capabilities: { file_import: false },
      vendor_api: { version: '2026-04', sunset: '2027-04-01' },
    })
    assert.containSubset(body.data.config, {
      properties: {
        host: { title: 'Shop address', af: { host: true } },
        token: { writeOnly: true },
        region: { enum: ['eu', 'us'], default: 'eu' },
      },
    })
    assert.deepInclude(body.data.streams, {
      name: 'costs',
      title: 'Daily costs',
      kind: 'report',
      emits: ['ad_spend_daily'],
    })
  })

  test('answers to the name that reports use as well', async ({ assert }) => {
    const account = await signUp()
    const { body } = await api(account).get<Source>('/sources/northwind_shop')
    assert.equal(body.data.id, 'northwind-shop')
  })

  test('lists a source that does not work with the reason', async ({ assert }) => {
    const account = await signUp()
    const { body } = await api(account).get<Many<typeof SourceView>>('/sources')
    const states = Object.fromEntries(body.data.map(({ id, status }) => [id, status]))
    assert.equal(states['northwind-shop'], 'ok')
    assert.equal(states['af-fixture-throwing'], 'disabled')
    const shown = await api(account).get<Source>('/sources/af-fixture-throwing')
    assert.include(shown.body.data.message, 'A setting of the vendor is missing')
  })

  test('needs a caller, and knows no other sources', async ({ assert }) => {
    assert.equal((await api().get('/sources')).status, 401)
    assert.equal((await api(await signUp()).get('/sources/none')).status, 404)
  })
})
