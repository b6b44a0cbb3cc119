import { test } from '@japa/runner'
import { api } from '#tests/api'
import { useDatabases } from '#tests/databases'
import { makeProject, signUp, type TestAccount } from '#tests/factories'
import { rows } from '#warehouse/public'
import type { PersonEvent, PersonTimeline } from '../../journeys/person/schemas.ts'
import { projectOf, visitor } from '../helpers/paths.ts'
import { deliverStory, eur } from '../helpers/stories.ts'

type Project = { id: string; owner: TestAccount }

interface People {
  data: { person_id: string; path: string[]; [figure: string]: unknown }[]
  next_cursor: string | null
}

const range = { date_from: '2024-01-01', date_to: '2024-12-31' }

async function listPeople({ id, owner }: Project, query: Record<string, string> = {}) {
  const { status, body, text } = await api(owner).get<People>(`/projects/${id}/journeys`, {
    query: { ...range, ...query },
  })
  if (status !== 200) throw new Error(`${status}: ${text}`)
  return body
}

const askTimeline = ({ id, owner }: Project, person: string, query: Record<string, string> = {}) =>
  api(owner).get<PersonTimeline>(`/projects/${id}/journeys/${person}`, { query })

async function readTimeline(project: Project, person: string, query: Record<string, string> = {}) {
  const { status, body, text } = await askTimeline(project, person, query)
  if (status !== 200) throw new Error(`${status}: ${text}`)
  return body
}

const told = ({ kind, at, id, name, figures }: PersonEvent) =>
  [kind, at.slice(0, 16), kind === 'touch' ? '' : id, name ?? '', figures?.revenue ?? ''].join(' ')

const anna = {
  touchpoints: [
    {
      externalId: 't1',
      at: '2024-03-01T10:00:00Z',
      clientId: 'c1',
      source: 'google',
      medium: 'cpc',
    },
    {
      externalId: 't2',
      at: '2024-03-05T10:00:00Z',
      clientId: 'c2',
      source: 'letter',
      medium: 'email',
    },
    {
      externalId: 't3',
      at: '2024-03-09T12:00:00Z',
      clientId: 'c9',
      source: 'other',
      medium: 'cpc',
    },
  ],
  orders: [
    {
      externalId: 'A1',
      at: '2024-03-05T12:00:00Z',
      total: eur('100.50'),
      clientId: 'c1',
      customerId: 'anna',
      email: 'anna@example.com',
    },
    {
      externalId: 'A2',
      at: '2024-03-20T12:00:00Z',
      total: eur('40'),
      clientId: 'c2',
      email: 'anna@example.com',
    },
    {
      externalId: 'A3',
      at: '2024-03-21T12:00:00Z',
      total: eur('70'),
      customerId: 'anna',
      isCancelled: true,
    },
  ],
  refunds: [{ externalId: 'R1', orderId: 'A1', at: '2024-03-10T12:00:00Z', amount: eur('20.5') }],
  deals: [
    {
      externalId: 'D1',
      at: '2024-03-22T12:00:00Z',
      closedAt: '2024-03-25T12:00:00Z',
      won: true,
      amount: eur('500'),
      email: 'Anna@Example.com',
    },
  ],
  leads: [{ externalId: 'L1', at: '2024-02-20T12:00:00Z', email: 'anna@example.com' }],
  events: [
    {
      externalId: 'E1',
      at: '2024-03-23T12:00:00Z',
      name: 'signup',
      customerId: 'x',
      clientId: 'c1',
    },
  ],
}

const annasWay = [
  'lead 2024-02-20T12:00 L1  0',
  'touch 2024-03-01T10:00  touchpoint ',
  'touch 2024-03-05T10:00  touchpoint ',
  'order 2024-03-05T12:00 A1  80',
  'refund 2024-03-10T12:00 A1  0',
  'order 2024-03-20T12:00 A2  40',
  'order 2024-03-21T12:00 A3  0',
  'deal 2024-03-22T12:00 D1  0',
  'event 2024-03-23T12:00 E1 signup 0',
  'deal_won 2024-03-25T12:00 D1  0',
]

test.group('Time line of a person', (group) => {
  useDatabases(group, { clickhouse: true })

  test('all that happened, in order, whatever the person was known by', async ({ assert }) => {
    const project = await makeProject()
    await deliverStory(project.id, anna)
    const { data } = await listPeople(project)
    assert.lengthOf(data, 1)
    assert.deepInclude(data[0], {
      conversions: 2,
      revenue: 120,
      last_conversion_id: 'A2',
      last_conversion_at: '2024-03-20T12:00:00.000Z',
      touches: 2,
      path: ['Paid Search', 'Email'],
    })
    const timeline = await readTimeline(project, data[0]?.person_id ?? '')
    assert.deepEqual(timeline.data.map(told), annasWay)
    assert.deepInclude(timeline.person, {
      first_seen_at: '2024-02-20T12:00:00.000Z',
      last_seen_at: '2024-03-25T12:00:00.000Z',
      touches: 2,
      orders: 2,
      revenue: 120,
    })
    assert.deepEqual(timeline.person.identifiers, [
      { type: 'client', count: 2 },
      { type: 'customer', count: 2 },
      { type: 'email', count: 1 },
    ])
    const [order] = timeline.data.filter(({ kind }) => kind === 'order')
    assert.deepInclude(order, { is_new: true, is_counted: true, state: 'valid' })
    assert.deepInclude(order?.figures, { gross: 100.5, refunded: 20.5 })
    assert.notInclude(JSON.stringify(timeline), 'example.com')
  })

  test('pages go on from each other, in both directions', async ({ assert }) => {
    const project = await makeProject()
    await deliverStory(project.id, anna)
    const [person] = (await listPeople(project)).data
    for (const [order, expected] of [
      ['asc', annasWay],
      ['desc', annasWay.toReversed()],
    ] as const) {
      const seen: string[] = []
      let cursor: string | null = null
      do {
        const page: PersonTimeline = await readTimeline(project, person?.person_id ?? '', {
          order,
          limit: '3',
          ...(cursor && { cursor }),
        })
        seen.push(...page.data.map(told))
        cursor = page.next_cursor
      } while (cursor)
      assert.deepEqual(seen, [...expected])
    }
  })

  test('who was merged into somebody is found by the former id', async ({ assert }) => {
    const project = await makeProject()
    await deliverStory(project.id, {
      touchpoints: anna.touchpoints,
      orders: anna.orders.slice(1, 2),
    })
    const [before] = (await listPeople(project)).data
    await deliverStory(project.id, { orders: anna.orders })
    const [after] = (await listPeople(project)).data
    assert.notEqual(before?.person_id, after?.person_id)
    const { person } = await readTimeline(project, before?.person_id ?? '')
    assert.equal(person.id, after?.person_id)
    assert.equal(person.orders, 2)
  })

  test('a visitor who never ordered has a time line too', async ({ assert }) => {
    const { visit } = visitor()
    const project = await projectOf({ visits: [visit(5, '2024-03-01T10:00', 'Email')] })
    const { person, data } = await readTimeline(project, '5')
    assert.deepInclude(person, { id: '5', touches: 1, orders: 0, revenue: 0 })
    assert.deepEqual(data[0]?.origin.channel, 'Email')
    const real = await makeProject()
    await deliverStory(real.id, { touchpoints: anna.touchpoints })
    const { data: nobody } = await listPeople(real)
    assert.deepEqual(nobody, [])
  })

  test('what a browser alone was known by is its type', async ({ assert }) => {
    const project = await makeProject()
    await deliverStory(project.id, {
      touchpoints: anna.touchpoints,
      orders: anna.orders.slice(0, 1),
    })
    const [lonely] = await rows<{ key: string }>(
      `SELECT toString(alias_key) AS key FROM touch WHERE project_id = {id:UInt64} AND source = 'other'`,
      { id: project.id }
    )
    const { person } = await readTimeline(project, lonely?.key ?? '')
    assert.deepEqual(person.identifiers, [{ type: 'client', count: 1 }])
  })

  test('persons with the newest conversions come first, page by page', async ({ assert }) => {
    const people = [1, 2, 3, 4, 5]
    const project = await projectOf({
      sales: people.map((person) => ({
        id: `S${person}`,
        person,
        at: `2024-03-0${person === 5 ? 4 : person}T10:00Z`,
        gross: '10',
      })),
    })
    const first = await listPeople(project, { limit: '2' })
    assert.deepEqual(
      first.data.map(({ person_id: id }) => id),
      ['5', '4']
    )
    const second = await listPeople(project, { limit: '2', cursor: first.next_cursor ?? '' })
    assert.deepEqual(
      second.data.map(({ person_id: id }) => id),
      ['3', '2']
    )
    assert.isNotNull(second.next_cursor)
    const bounded = await listPeople(project, { date_to: '2024-03-02' })
    assert.lengthOf(bounded.data, 2)
  })

  test('a person with 100,000 touches is read page by page', async ({ assert }) => {
    const start = Date.parse('2024-03-01T00:00:00Z')
    const visits = Array.from({ length: 100_000 }, (_, place) => ({
      alias: 1,
      // Many of one moment.
      at: new Date(start + Math.floor(place / 7) * 10_000).toISOString(),
      key: place + 1,
      channel: 'Email',
    }))
    const project = await projectOf({ visits })
    const first = await readTimeline(project, '1', { limit: '500' })
    assert.equal(first.person.touches, 100_000)
    const second = await readTimeline(project, '1', {
      limit: '500',
      cursor: first.next_cursor ?? '',
    })
    const ids = [...first.data, ...second.data].map(({ id }) => Number(id))
    assert.deepEqual(
      ids,
      Array.from({ length: 1000 }, (_, place) => place + 1)
    )
  }).timeout(60_000)

  test('unknown persons are not found, strangers are refused', async ({ assert }) => {
    const project = await projectOf({
      sales: [{ id: 'A', person: 7, at: '2024-03-01T10:00Z', gross: '1' }],
    })
    const other = await makeProject()
    for (const id of ['8', '0', 'x', '99999999999999999999', '18446744073709551616']) {
      assert.equal((await askTimeline(project, id)).status, 404, id)
    }
    assert.equal((await askTimeline(other, '7')).status, 404)
    assert.equal((await askTimeline({ id: project.id, owner: await signUp() }, '7')).status, 403)
    assert.equal((await askTimeline(project, '7', { cursor: 'x' })).status, 422)
  })
})
