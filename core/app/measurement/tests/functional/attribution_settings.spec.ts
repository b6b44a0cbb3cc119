import { test } from '@japa/runner'
import { api, type One } from '#tests/api'
import { useDatabases } from '#tests/databases'
import { makeProject } from '#tests/factories'
import { attributionSettings, type AttributionSettings } from '../../public.ts'

const defaults = {
  model: 'last_non_direct',
  window_days: 30,
  params: {
    time_decay: { half_life_days: 7 },
    position_based: { first: 0.4, last: 0.4 },
    markov: { allocation: 'path' },
  },
  conversion: 'order',
}

test.group('attribution settings', (group) => {
  useDatabases(group)

  test('a project has the defaults until somebody sets others', async ({ assert }) => {
    const { id, owner } = await makeProject()
    const other = await makeProject()
    const path = `/projects/${id}/attribution_settings`
    const read = async () => (await api(owner).get<One<typeof AttributionSettings>>(path)).body.data
    assert.deepEqual(await read(), defaults)
    const changed = {
      model: 'position_based',
      window_days: 90,
      params: { position_based: { first: 0.3, last: 0.5 } },
      conversion: 'event:Запись на замер',
    }
    assert.equal((await api(owner).put(path, changed)).status, 200)
    const expected = {
      ...changed,
      params: { ...defaults.params, position_based: { first: 0.3, last: 0.5 } },
    }
    assert.deepEqual(await read(), expected)
    assert.deepEqual(await attributionSettings(id), expected)
    assert.deepEqual(await attributionSettings(other.id), defaults)
    await api(owner).put(path, {})
    assert.deepEqual(await read(), defaults)
  })

  test('what no model knows is refused', async ({ assert }) => {
    const { id, owner } = await makeProject()
    for (const [field, body] of [
      ['model', { model: 'best' }],
      ['window_days', { window_days: 0 }],
      ['window_days', { window_days: 366 }],
      ['params.position_based', { params: { position_based: { first: 0.7, last: 0.5 } } }],
      ['params.shapley', { params: { shapley: {} } }],
      ['conversion', { conversion: 'click' }],
      ['conversion', { conversion: 'event:' }],
    ] as const) {
      const { status, body: answer } = await api(owner).put<{ errors: { field: string }[] }>(
        `/projects/${id}/attribution_settings`,
        body
      )
      assert.equal(status, 422, JSON.stringify(body))
      assert.equal(answer.errors[0]?.field, field)
    }
  })
})
