import { test } from '@japa/runner'
import { api, type Many } from '#tests/api'
import { useDatabases } from '#tests/databases'
import { addTo, makeProject } from '#tests/factories'
import type { MappingView } from '../../campaigns/schemas.ts'

test.group('campaign mappings', (group) => {
  useDatabases(group)

  test('are made, listed and forgotten', async ({ assert }) => {
    const made = await makeProject()
    const foreign = await makeProject()
    const path = `/projects/${made.id}/campaign_mappings`
    const call = api(made.owner)
    const from = { source: 'VK', campaign: 'Весна | 1' }
    const first = await call.post<{ data: { id: string } }>(path, {
      from,
      to: { campaign_id: '7' },
    })
    assert.equal(first.status, 201)
    assert.deepEqual(first.body.data, {
      id: first.body.data.id,
      from: { source: 'vk', campaign: 'весна_1', campaign_id: null },
      to: { campaign_key: null, campaign_id: '7' },
    })
    const again = await call.post(path, {
      from: { source: 'vk', campaign: 'весна 1' },
      to: { campaign_key: 'x' },
    })
    assert.equal(again.status, 409)
    await call.post(path, { from: { campaign_id: '5' }, to: { campaign_key: 'x' } })
    const page = await call.get<Many<typeof MappingView>>(path, { query: { limit: '1' } })
    assert.deepEqual(
      page.body.data.map(({ id }) => id),
      [first.body.data.id]
    )
    const rest = await call.get<Many<typeof MappingView>>(path, {
      query: { cursor: page.body.next_cursor ?? '' },
    })
    assert.lengthOf(rest.body.data, 1)
    assert.equal(
      (
        await api(foreign.owner).delete(
          `/projects/${foreign.id}/campaign_mappings/${first.body.data.id}`
        )
      ).status,
      404
    )
    assert.equal((await call.delete(`${path}/${first.body.data.id}`)).status, 204)
    assert.equal((await call.delete(`${path}/${first.body.data.id}`)).status, 404)
    const viewer = api(await addTo(made, 'viewer'))
    assert.equal((await viewer.post(path, { from, to: { campaign_id: '7' } })).status, 403)
  })

  test('name one thing on either side', async ({ assert }) => {
    const { id, owner } = await makeProject()
    for (const body of [
      { from: { source: 'vk' }, to: { campaign_key: 'x' } },
      { from: { campaign: 'a', campaign_id: '1' }, to: { campaign_key: 'x' } },
      { from: { campaign: 'a' }, to: {} },
      { from: { campaign: '|||' }, to: { campaign_key: 'x' } },
      { from: { campaign: 'a' }, to: { campaign_key: 'x', campaign_id: '2' } },
    ]) {
      const { status } = await api(owner).post(`/projects/${id}/campaign_mappings`, body)
      assert.equal(status, 422, JSON.stringify(body))
    }
  })
})
