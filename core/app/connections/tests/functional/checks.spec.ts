import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { api } from '#tests/api'
import { useDatabases } from '#tests/databases'
import { addTo, makeProject } from '#tests/factories'
import { takeLogs } from '#tests/log_capture'
import { quayIntegration, useQuay } from '../helpers/quay.ts'
import { KEY } from '../helpers/quay_vendor.ts'

interface Check {
  data: {
    status: string
    error: { code: string; message: string; field?: string; scopes?: string[] } | null
  }
}

const unsaved = (settings: Record<string, unknown>, key = KEY) => ({
  type: 'quay-shop',
  settings,
  credentials: { key },
})

test.group('checks', (group) => {
  useDatabases(group)
  const quay = useQuay(group)

  test('a connection is checked and its lists are read before it is saved', async ({ assert }) => {
    const { id, owner } = await makeProject()
    const path = `/projects/${id}/integrations`
    const check = (body: unknown) => api(owner).post<Check>(`${path}/check`, body)
    const good = await check(unsaved({ account: 'acc-1' }))
    assert.deepEqual(good.body.data, { status: 'ok', error: null })
    const options = await api(owner).post<{ data: { value: string }[] }>(`${path}/options`, {
      ...unsaved({}),
      field: 'account',
    })
    assert.deepEqual(
      options.body.data.map(({ value }) => value),
      ['acc-1', 'acc-2']
    )
    assert.equal((await check(unsaved({}))).status, 422, 'nothing is chosen yet')
    const consent = await check({ type: 'quay-shop', settings: { account: 'acc-1' } })
    assert.equal(consent.body.data.error?.code, 'not_connected')
    assert.lengthOf(await db.from('integrations').select('id'), 0)
  })

  test('each cause has its own answer: {code}')
    .with([
      { code: 'auth_expired', account: 'acc-1', key: 'canary-wrong-key-9', answer: undefined },
      { code: 'config_invalid', account: 'acc-9', key: KEY, answer: undefined },
      {
        code: 'auth_scope',
        account: 'acc-1',
        key: KEY,
        answer: { status: 403, json: { reason: 'scope' } },
      },
      {
        code: 'rate_limited',
        account: 'acc-1',
        key: KEY,
        answer: { status: 429, headers: { 'retry-after': '3600' } },
      },
      {
        code: 'vendor_response',
        account: 'acc-1',
        key: KEY,
        answer: { text: '<html>Sign in</html>', headers: { 'content-type': 'text/html' } },
      },
      { code: 'vendor_response', account: 'acc-1', key: KEY, answer: { json: { id: 7 } } },
    ])
    .run(async ({ assert }, { code, account, key, answer }) => {
      takeLogs()
      quay.vendor.fault = () => answer
      const { id, owner } = await makeProject()
      const { status, body, text } = await api(owner).post<Check>(
        `/projects/${id}/integrations/check`,
        unsaved({ account }, key)
      )
      assert.equal(status, 200)
      assert.equal(body.data.status, 'failed')
      assert.equal(body.data.error?.code, code)
      for (const said of [text, takeLogs()]) assert.notInclude(said, key)
    })

  test('a saved connection follows its check, changes that are only tried do not', async ({
    assert,
  }) => {
    const made = await quayIntegration(quay.vendor, {
      settings: { account: 'acc-1' },
      credentials: { key: KEY },
    })
    const check = (body: unknown = {}) => made.call.post<Check>(`${made.path}/check`, body)
    assert.equal((await check()).body.data.status, 'ok')
    const tried = await check({ credentials: { key: 'canary-wrong-key-9' } })
    assert.equal(tried.body.data.error?.code, 'auth_expired')
    assert.equal((await made.show()).status, 'pending')
    quay.vendor.fault = () => ({ status: 401 })
    await check()
    assert.containSubset(await made.show(), {
      status: 'needs_reauth',
      error: { code: 'auth_expired' },
    })
    quay.vendor.fault = undefined
    await check()
    assert.containSubset(await made.show(), { status: 'active', error: null })
  })

  test('a check sends no stored secret to a new host, and a viewer asks nothing', async ({
    assert,
  }) => {
    const made = await quayIntegration(quay.vendor, {
      settings: { account: 'acc-1' },
      credentials: { key: KEY },
    })
    const before = quay.vendor.calls.length
    const moved = await made.call.post(`${made.path}/check`, {
      settings: { shop: 'two.quay.test' },
    })
    assert.equal(moved.status, 422)
    const viewer = await addTo(made, 'viewer')
    for (const path of ['check', 'authorize']) {
      assert.equal((await api(viewer).post(`${made.path}/${path}`, {})).status, 403)
    }
    assert.equal((await api(viewer).get(`${made.path}/options/account`)).status, 403)
    assert.equal(quay.vendor.calls.length, before)
    assert.equal((await made.call.get(`${made.path}/options/shop`)).status, 404)
  })

  test('the end of a version of the API is told in time, in the catalogue and at each connection', async ({
    assert,
  }) => {
    const made = await quayIntegration(quay.vendor)
    const { body } = await made.call.get<{ data: { vendor_api: Record<string, unknown> } }>(
      '/sources/quay-shop'
    )
    const { vendor_api: told } = body.data
    assert.deepInclude(told, { version: '2026-10', level: 'warning', days_left: 20 })
    const message = `The vendor switches off version 2026-10 of the API of Quay on ${String(told.sunset)}, in 20 days. Update AnalyticaFlow or the connector before.`
    assert.equal(told.message, message)
    assert.deepEqual((await made.show()).warnings, [{ code: 'api_sunset', message }])
  })

  test('the sources that come along say which version they speak, and until when', async ({
    assert,
  }) => {
    const { owner } = await makeProject()
    const { body } = await api(owner).get<{
      data: { id: string; vendor_api: { version: string; sunset: string | null } | null }[]
    }>('/sources')
    const versions = body.data.flatMap(({ vendor_api: told }) => told ?? [])
    assert.isAtLeast(versions.length, 2)
    for (const { version, sunset } of versions) {
      assert.isNotEmpty(version)
      assert.match(sunset ?? '', /^\d{4}-\d{2}-\d{2}$/)
    }
  })
})
