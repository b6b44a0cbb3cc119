import { test } from '@japa/runner'
import { useDatabases } from '#tests/databases'
import { projectOf, readJourneys, visitor } from '../helpers/paths.ts'

const { visit, nextKey } = visitor()
const sale = (id: string, person: number, at: string) => ({ id, person, at, gross: '10' })
const WINDOW_START = '2024-02-29T12:00'

test.group('Journeys report, paths', (group) => {
  useDatabases(group, { clickhouse: true })

  test('a window ends at the moment of the order and begins so many days before, both included', async ({
    assert,
  }) => {
    const project = await projectOf({
      visits: [
        visit(1, '2024-02-29T11:59:59.999', 'Referral'),
        visit(1, WINDOW_START, 'Email'),
        visit(1, '2024-03-30T12:00', 'Direct'),
        visit(1, '2024-03-30T12:00:00.001', 'Paid Search'),
      ],
      sales: [sale('A', 1, '2024-03-30T12:00Z')],
    })
    const paths = async (days: number) =>
      (await readJourneys(project, { window_days: days })).top_paths.map(({ path }) => path)
    assert.deepEqual(await paths(30), [['Email', 'Direct']])
    assert.deepEqual(await paths(31), [['Referral', 'Email', 'Direct']])
    assert.deepEqual(await paths(1), [['Direct']])
  })

  test('windows of more than 90 days look further back', async ({ assert }) => {
    const project = await projectOf({
      visits: [
        visit(1, '2023-03-31T12:00', 'Display'),
        visit(1, '2023-09-01T12:00', 'Referral'),
        visit(7, '2023-10-01T12:00', 'Email'),
        visit(1, '2024-03-29T12:00', 'Direct'),
        visit(2, '2023-12-01T12:00', 'Email'),
      ],
      sales: [sale('A', 1, '2024-03-30T12:00Z'), sale('B', 2, '2024-03-30T12:00Z')],
      persons: { 7: 1 },
    })
    const paths = async (days: number) =>
      (await readJourneys(project, { window_days: days })).top_paths.map(({ path }) => path)
    assert.deepEqual(await paths(90), [['Direct']])
    assert.sameDeepMembers(await paths(200), [['Email', 'Direct'], ['Email']])
    assert.sameDeepMembers(await paths(365), [
      ['Display', 'Referral', 'Email', 'Direct'],
      ['Email'],
    ])
    const { lengths } = await readJourneys(project, { window_days: 365 })
    assert.deepEqual(lengths.days, [
      { days: 120, conversions: 1 },
      { days: 365, conversions: 1 },
    ])
  })

  test('a person is one, whatever they were known by; touches of one time go by their keys', async ({
    assert,
  }) => {
    const project = await projectOf({
      visits: [
        { ...visit(5, '2024-03-01T10:00', 'Email'), key: 2 },
        { ...visit(6, '2024-03-01T10:00', 'Direct'), key: 1 },
        visit(6, '2024-03-01T11:00', 'Referral'),
        visit(8, '2024-03-05T10:00', 'Direct'),
      ],
      sales: [sale('A', 5, '2024-03-01T10:30Z')],
      persons: { 6: 5, 8: 5 },
    })
    const report = await readJourneys(project, { include: 'all' })
    assert.sameMembers(
      report.links.map(({ source, target }) => `${source} > ${target}`),
      [
        '1:Direct > 2:Email',
        '2:Email > conversion',
        '1:Referral > 2:Direct',
        '2:Direct > no_conversion',
      ]
    )
  })

  test('spellings of a campaign are one step, shown by one of them; without one it is (not set)', async ({
    assert,
  }) => {
    const campaign = (name: string) => ({ campaign: name })
    const project = await projectOf({
      visits: [
        visit(1, '2024-03-01T10:00', 'Email', campaign('summer_sale')),
        visit(1, '2024-03-02T10:00', 'Email', campaign('Summer Sale')),
        visit(2, '2024-03-02T10:00', 'Email', campaign('Summer Sale')),
        visit(2, '2024-03-02T11:00', 'Email'),
        visit(3, '2024-03-02T11:00', 'Email', campaign('Only Lost')),
      ],
      sales: [sale('A', 1, '2024-03-03T12:00Z'), sale('B', 2, '2024-03-03T12:00Z')],
    })
    const ask = { step: 'campaign', collapse_repeats: true }
    const { top_paths: top } = await readJourneys(project, ask)
    assert.sameDeepMembers(
      top.map(({ path }) => path),
      [['Summer Sale'], ['Summer Sale', '(not set)']]
    )
    const lost = await readJourneys(project, { ...ask, include: 'all' })
    assert.includeMembers(
      lost.nodes.map(({ label }) => label),
      ['Only Lost', 'Summer Sale', '(not set)']
    )
    const containing = await readJourneys(project, { ...ask, contains_step: 'SUMMER sale' })
    assert.equal(containing.totals.conversions, 2)
    const missing = await readJourneys(project, { ...ask, contains_step: '(not set)' })
    assert.equal(missing.totals.conversions, 1)
  })

  test('a name like an end of the flow is a step like any other', async ({ assert }) => {
    const project = await projectOf({
      visits: [visit(1, '2024-03-01T10:00', 'conversion'), visit(1, '2024-03-01T11:00', '(more)')],
      sales: [sale('A', 1, '2024-03-03T12:00Z')],
    })
    const { nodes, links } = await readJourneys(project, { depth: 1 })
    assert.deepEqual(
      nodes.map(({ id, kind, label }) => [id, kind, label]),
      [
        ['1:conversion', 'step', 'conversion'],
        ['more', 'more', '(more)'],
        ['conversion', 'conversion', '(conversion)'],
      ]
    )
    assert.lengthOf(links, 2)
  })

  test('a column names its 30 commonest steps', async ({ assert }) => {
    const people = Array.from({ length: 40 }, (_, place) => place + 1)
    const project = await projectOf({
      visits: people.flatMap((person) => [
        visit(person, '2024-03-01T10:00', `c${person}`),
        visit(person, '2024-03-01T11:00', 'Direct'),
      ]),
      sales: [...people, 35, 39].map((person, place) =>
        sale(`S${place}`, person, '2024-03-02T10:00Z')
      ),
    })
    const { nodes, links, totals } = await readJourneys(project)
    const first = nodes.filter(({ step }) => step === 1)
    assert.lengthOf(first, 31)
    assert.includeMembers(
      first.map(({ label }) => label),
      ['c35', 'c39', '(other)']
    )
    const other = links.find(({ source }) => source === '1:(other)')
    assert.deepInclude(other, { target: '2:Direct', value: 10 })
    assert.equal(totals.conversions, 42)
  })

  test('a person with 100,000 touches is one path', async ({ assert }) => {
    const start = Date.parse('2024-03-01T00:00:00Z')
    const visits = Array.from({ length: 100_000 }, (_, place) => ({
      alias: 1,
      at: new Date(start + place * 10_000).toISOString(),
      key: nextKey(),
      channel: place % 2 === 0 ? 'Email' : 'Direct',
    }))
    const project = await projectOf({ visits, sales: [sale('A', 1, '2024-03-10T00:00Z')] })
    const { links, lengths } = await readJourneys(project, { depth: 2, include: 'all' })
    assert.sameMembers(
      links.map(({ source, target, value }) => `${source} > ${target}: ${value}`),
      [
        '1:Email > 2:Direct: 1',
        '2:Direct > more: 1',
        'more > conversion: 1',
        '1:Direct > 2:Email: 1',
        '2:Email > more: 1',
        'more > no_conversion: 1',
      ]
    )
    assert.deepEqual(lengths.touches, [{ touches: 50, conversions: 1 }])
  }).timeout(60_000)
})
