import { test } from '@japa/runner'
import { api, type ApiResponse } from '#tests/api'
import { useDatabases } from '#tests/databases'
import { makeProject } from '#tests/factories'
import type { CreditsPage } from '../../attribution/credits/schemas.ts'
import { january, NOON, order, path, worked } from '../helpers/attribution_worlds.ts'
import { DAY, publishWorld, type World } from '../helpers/journeys.ts'
import { readAttribution, rowOf } from '../helpers/report.ts'

type Project = Awaited<ReturnType<typeof makeProject>>
type Request = Record<string, unknown>

const ask = (project: Project, request: Request): Promise<ApiResponse<CreditsPage>> =>
  api(project.owner).post<CreditsPage>(`/projects/${project.id}/reports/attribution/credits`, {
    ...january,
    ...request,
  })

async function read(project: Project, request: Request): Promise<CreditsPage> {
  const response = await ask(project, request)
  if (response.status !== 200) throw new Error(`${response.status}: ${response.text}`)
  return response.body
}

/** All pages after each other. */
async function readAll(project: Project, request: Request): Promise<CreditsPage['data']> {
  const data: CreditsPage['data'] = []
  let cursor: string | null = null
  do {
    const page: CreditsPage = await read(project, { ...request, ...(cursor && { cursor }) })
    data.push(...page.data)
    cursor = page.next_cursor
  } while (cursor)
  return data
}

/** Orders of three days, one of them without any touch. */
const world: World = {
  touches: [
    ...path(1n, ['Email', '=Direct', 'Email']),
    ...path(2n, ['Paid Search', 'Email'], NOON + DAY),
  ],
  conversions: [
    order(1n, 1n, '100.000000001'),
    order(7n, 1n, '10', NOON + 2 * DAY),
    order(3n, 2n, '-5', NOON + DAY),
    order(2n, 0n, '7'),
  ],
}

test.group('Credits of single touches', (group) => {
  useDatabases(group, { clickhouse: true })
  let project: Project
  group.setup(async () => {
    project = await makeProject()
    await publishWorld(project.id, world)
  })

  test('a row for each touch, and one for a conversion without any', async ({ assert }) => {
    const { data, next_cursor: next, meta } = await read(project, { models: ['linear'] })
    assert.isNull(next)
    assert.equal(meta.window_days, 30)
    const [first, , third, unattributed] = data
    assert.deepEqual(first, {
      conversion_id: 'order-1',
      conversion_time: '2024-01-10T12:00:00.000Z',
      date: '2024-01-10',
      position: 1,
      path_length: 3,
      touch_time: '2024-01-07T12:00:00.000Z',
      player: 'Email',
      channel: 'Email',
      source: null,
      medium: null,
      campaign: null,
      ad: null,
      keyword: null,
      landing_page: null,
      country: null,
      device: null,
      models: { linear: { credit: 0.333333333, amount: 33.3333333 } },
    })
    assert.deepEqual(third?.models.linear, { credit: 0.333333334, amount: 33.333333401 })
    assert.deepInclude(unattributed, {
      conversion_id: 'order-2',
      path_length: 0,
      touch_time: null,
      player: null,
      channel: null,
      models: { linear: { credit: 1, amount: 7 } },
    })
  })

  test('pages of any size have the same rows, and add up to the report', async ({ assert }) => {
    const request = { window_days: 40 }
    const whole = await readAll(project, { ...request, limit: 500 })
    assert.lengthOf(whole, 9)
    assert.deepEqual(await readAll(project, { ...request, limit: 2 }), whole)
    const report = await readAttribution(project, request)
    for (const model of report.meta.models) {
      for (const channel of ['Email', '=Direct', 'Paid Search', null]) {
        const own = whole.filter(({ player }) => player === channel)
        const sum = own.reduce((all, row) => all + (row.models[model]?.credit ?? 0), 0)
        const reported = rowOf(report.data, channel).models[model]?.conversions ?? 0
        assert.closeTo(sum, reported, 1e-9, `${model} ${channel}`)
      }
    }
  })

  test('pages stay with the data of the first one', async ({ assert }) => {
    const other = await makeProject()
    await publishWorld(other.id, worked)
    const first = await read(other, { limit: 2 })
    await publishWorld(other.id, { touches: [], conversions: [order(1n, 0n, '1')] })
    const second = await read(other, { limit: 2, cursor: first.next_cursor })
    assert.deepEqual(
      [...first.data, ...second.data].map(({ player }) => player),
      ['C1', 'C2', 'C3']
    )
    assert.equal(second.meta.commit, first.meta.commit)
    assert.lengthOf((await read(other, {})).data, 1)
    const foreign = await ask(other, { limit: 2, window_days: 3, cursor: first.next_cursor })
    assert.equal(foreign.status, 422)
  })

  test('as a file: all rows with all places, and no formulas', async ({ assert }) => {
    const response = await api(project.owner).post(
      `/projects/${project.id}/reports/attribution/credits`,
      { ...january, models: ['last_touch', 'shapley'], limit: 1 },
      { headers: { accept: 'text/csv' } }
    )
    assert.equal(response.status, 200)
    const lines = response.text.trimEnd().split(/\r?\n/)
    assert.lengthOf(lines, 10)
    assert.match(lines[0] ?? '', /credit_last_touch.*amount_shapley/)
    const ofDirect = lines.find((line) => line.includes('Direct')) ?? ''
    assert.include(ofDirect, `"'=Direct"`)
    assert.isTrue(ofDirect.endsWith(',0,0,0.5,50.000000001'))
    assert.match(response.headers.get('content-disposition') ?? '', /credits_2024-01-01_2024-01-31/)
  })

  test('the global allocation has none', async ({ assert }) => {
    const refused = await ask(project, { params: { markov: { allocation: 'global' } } })
    assert.equal(refused.status, 422)
    assert.include(refused.text, 'no credits of single conversions')
    const others = await ask(project, {
      models: ['linear'],
      params: { markov: { allocation: 'global' } },
    })
    assert.equal(others.status, 200)
  })
})
