import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { workOff } from '#ingestion/tests/helpers/work_off'
import { readKpi } from '#reports/tests/helpers/report'
import { seedShop } from '#reports/tests/helpers/shop'
import { api, type ApiResponse, type One } from '#tests/api'
import { useDatabases } from '#tests/databases'
import { addTo, makeProject } from '#tests/factories'
import { inSlices, publishedVersion, rows, versionParams } from '#warehouse/public'
import { deliver } from '#warehouse/tests/helpers/publishing'
import type { ChannelDecision, ChannelRulesView } from '../../channels/schemas.ts'

type Rules = One<typeof ChannelRulesView>
interface Fault {
  code: string
  errors?: { field: string; rule: string }[]
}

const condition = (field: string, op: string, ...values: string[]) => ({ field, op, values })
const rule = (channel: string, ...conditions: object[]) => ({ channel, conditions })

type Made = Awaited<ReturnType<typeof makeProject>>
const put = <Body = Rules>({ id, owner }: Made, body: object): Promise<ApiResponse<Body>> =>
  api(owner).put<Body>(`/projects/${id}/channel_rules`, body)
const read = async ({ id, owner }: Made) =>
  (await api(owner).get<Rules>(`/projects/${id}/channel_rules`)).body.data

test.group('channel rules', (group) => {
  useDatabases(group, { clickhouse: true })

  test('a new project has the preset alone', async ({ assert }) => {
    const { rules, preset, channels } = await read(await makeProject())
    assert.deepEqual(rules, [])
    assert.equal(preset[0]?.channel, 'Direct')
    assert.deepInclude(preset, {
      channel: 'Organic Search',
      is_paid: false,
      conditions: [{ field: 'medium', op: 'matches', values: ['^organic$'] }],
    })
    assert.deepInclude(channels, { channel: 'Paid Search', is_paid: true })
    assert.deepInclude(channels, { channel: 'Email', is_paid: false })
  })

  test('what was put is shown, and put again changes nothing', async ({ assert }) => {
    const made = await makeProject()
    const { status, body } = await put(made, {
      rules: [
        { ...rule('Influencers', condition('source', 'in', 'anna', 'Оля')), is_paid: true },
        rule('Paid Social', condition('click_id_kind', 'equals', 'fbclid')),
        rule(
          'Letters',
          condition('campaign', 'matches', String.raw`^(\d+)_news`),
          condition('medium', 'contains', 'mail')
        ),
      ],
      channels: [{ channel: 'Display', is_paid: false }],
    })
    assert.equal(status, 200)
    assert.deepEqual(
      body.data.rules.map(({ channel, is_paid: isPaid }) => [channel, isPaid]),
      [
        ['Influencers', true],
        ['Paid Social', true],
        ['Letters', false],
      ]
    )
    assert.deepInclude(body.data.channels, { channel: 'Display', is_paid: false })
    const { rules, channels } = body.data
    assert.deepEqual(await read(made), body.data)
    assert.deepEqual((await put(made, { rules, channels })).body.data, body.data)
  })

  test('a change has history named anew, in reports and in touches; flags alone change ROAS', async ({
    assert,
  }) => {
    const made = await makeProject()
    await seedShop(made.id)
    await deliver(
      {
        projectId: made.id,
        integrationId: '1',
        kind: 'touchpoint',
        rows: [{ externalId: 't', at: '2020-05-05T12:00:00Z', source: 'google', medium: 'cpc' }],
        key: ({ externalId }) => externalId,
      },
      { timezone: 'UTC', currency: 'EUR', sources: [] }
    )
    const byChannel = async () => {
      const { data } = await readKpi(made, { metrics: ['orders', 'cost'], group_by: 'channel' })
      return data.map((row) => [row.channel, row.orders, row.cost])
    }
    const touched = async () => {
      const found = await rows<{ channel: string }>(
        `SELECT channel FROM touch WHERE ${inSlices('touch')}`,
        versionParams(await publishedVersion(made.id))
      )
      return found.map(({ channel }) => channel)
    }
    const roas = async () => (await readKpi(made, { metrics: ['roas'] })).totals.roas

    assert.deepEqual(await touched(), ['Paid Search'])
    assert.equal(await roas(), 60 / 85)
    await put(made, { rules: [rule('Google', condition('source', 'equals', 'google'))] })
    assert.isFalse((await read(made)).is_settled)
    await workOff()
    assert.isTrue((await read(made)).is_settled)
    assert.deepEqual(await touched(), ['Google'])
    assert.deepEqual(await byChannel(), [
      ['Google', 2, 60],
      ['Email', 1, 0],
      [null, 1, 0],
      ['Paid Social', 0, 25],
    ])
    // The rule's channel is not known to be paid.
    assert.equal(await roas(), 0)
    await put(made, {
      rules: [{ ...rule('Google', condition('source', 'equals', 'google')), is_paid: true }],
    })
    assert.equal(await roas(), (60 + 50) / 85)
    const [queued] = (
      await db.rawQuery<{ rows: { n: string }[] }>('select count(*) as n from graphile_worker.jobs')
    ).rows
    assert.equal(queued?.n, '0')
    await put(made, { rules: [] })
    await workOff()
    assert.deepEqual(await touched(), ['Paid Search'])
    assert.equal(await roas(), 60 / 85)
  }).timeout(90_000)

  test('each fault is named', async ({ assert }) => {
    const made = await makeProject()
    const good = rule('A', condition('source', 'equals', 'a'))
    const cases: [body: object, field: string, rule: string][] = [
      [
        { rules: [good, rule('B', condition('medium', 'matches', 'ok', '(a'))] },
        'rules.1.conditions.0.values.1',
        'pattern',
      ],
      [
        { rules: [rule('B', condition('medium', 'matches', '(?<!a)b'))] },
        'rules.0.conditions.0.values.0',
        'pattern',
      ],
      [
        { rules: [{ ...good, is_paid: true }], channels: [{ channel: 'A', is_paid: false }] },
        'rules.0.is_paid',
        'contradiction',
      ],
      [{ rules: [rule('A')] }, 'rules.0.conditions', 'too_small'],
      [
        { rules: [rule('A', condition('keyword', 'equals', 'a'))] },
        'rules.0.conditions.0.field',
        'invalid_value',
      ],
      [
        { rules: [rule('A', condition('source', 'equals', ' '))] },
        'rules.0.conditions.0.values.0',
        'too_small',
      ],
      [{ rules: [rule(' ', condition('source', 'equals', 'a'))] }, 'rules.0.channel', 'too_small'],
      [{ rules: [{ ...good, paid: true }] }, 'rules.0.paid', 'unknown_field'],
      [{}, 'rules', 'invalid_type'],
      [{ rules: Array.from({ length: 101 }, () => good) }, 'rules', 'too_big'],
      [
        {
          rules: [
            rule(
              'A',
              ...Array.from({ length: 6 }, () =>
                condition('source', 'in', ...Array.from({ length: 50 }, () => 'x'.repeat(101)))
              )
            ),
          ],
        },
        'rules',
        'custom',
      ],
    ]
    for (const [body, field, name] of cases) {
      const answer = await put<Fault>(made, body)
      assert.equal(answer.status, 422, field)
      assert.deepInclude(
        answer.body.errors?.map((fault) => ({ field: fault.field, rule: fault.rule })),
        { field, rule: name }
      )
    }
    assert.deepEqual((await read(made)).rules, [])
  })

  test('rules of the greatest length reach every statement', async ({ assert }) => {
    const made = await makeProject()
    await seedShop(made.id)
    const values = (rule: number) =>
      Array.from({ length: 5 }, (_, value) => `${'x'.repeat(50)}${rule}.${value}`)
    const rules = Array.from({ length: 99 }, (_, index) =>
      rule(`R${index}`, condition('source', 'in', ...values(index)))
    )
    const last = rule('Last', condition('source', 'starts_with', 'goo'))
    assert.equal((await put(made, { rules: [...rules, last] })).status, 200)
    await workOff()
    const { data } = await readKpi(made, { metrics: ['orders'], group_by: 'channel' })
    assert.deepInclude(data, { channel: 'Last', orders: 2 })
  }).timeout(90_000)

  test('viewers read them and change nothing', async ({ assert }) => {
    const made = await makeProject()
    const viewer = api(await addTo(made, 'viewer'))
    const path = `/projects/${made.id}/channel_rules`
    assert.equal((await viewer.get(path)).status, 200)
    assert.equal((await viewer.put(path, { rules: [] })).status, 403)
  })

  test('a visit is tried: which channel it would get, and what decides so', async ({ assert }) => {
    const made = await makeProject()
    await put(made, { rules: [rule('Leaflets', condition('landing_page', 'contains', '/qr/'))] })
    const path = `/projects/${made.id}/channel_rules/try`
    const tried = async (visit: object) =>
      (await api(made.owner).post<One<typeof ChannelDecision>>(path, visit)).body.data

    assert.containSubset(
      await tried({
        landing_page: 'https://shop.example/sale?utm_campaign=Spring&gclid=Cj0KCx#top',
        referrer: 'https://news.example/',
      }),
      {
        channel: 'Paid Search',
        is_paid: true,
        is_direct: false,
        decided_by: 'preset',
        rule: { channel: 'Paid Search' },
        source: { value: 'google', from: 'click_id' },
        medium: { value: 'cpc', from: 'click_id' },
        campaign: 'Spring',
        landing_page: 'https://shop.example/sale',
        click_id_kind: 'gclid',
      }
    )
    assert.containSubset(await tried({ referrer: 'https://www.google.de/' }), {
      channel: 'Organic Search',
      source: { value: 'google', from: 'referrer' },
      medium: { value: 'organic', from: 'referrer' },
      rule: { conditions: [{ field: 'source', op: 'matches' }] },
    })
    assert.containSubset(
      await tried({ landing_page: 'https://shop.example/qr/7?utm_source=wall', medium: 'print' }),
      {
        channel: 'Leaflets',
        is_paid: false,
        decided_by: 'rule',
        rule: { place: 1, channel: 'Leaflets' },
        source: { value: 'wall', from: 'link' },
        medium: { value: 'print', from: 'visit' },
      }
    )
    assert.containSubset(await tried({}), {
      channel: 'Direct',
      is_direct: true,
      source: { value: '(direct)', from: 'nothing' },
      rule: { place: 1 },
    })
    assert.containSubset(await tried({ channel: 'Podcast' }), {
      channel: 'Podcast',
      decided_by: 'visit',
      rule: null,
    })
    assert.containSubset(await tried({ source: 'x9', medium: 'y9' }), {
      channel: 'Unassigned',
      decided_by: 'nothing',
      rule: null,
    })
    const drafts = [rule('Walls', condition('source', 'equals', 'wall'))]
    assert.containSubset(await tried({ source: 'WALL', rules: drafts }), {
      channel: 'Walls',
      decided_by: 'rule',
    })
    const broken = { rules: [rule('x', condition('source', 'matches', '('))] }
    assert.equal((await api(made.owner).post(path, broken)).status, 422)
  })
})
