import { test } from '@japa/runner'
import { useDatabases } from '#tests/databases'
import { makeProject, signUp } from '#tests/factories'
import { askOrder, explainOrder, modelOf, type Place } from '../helpers/orders.ts'
import { projectOf, visitor } from '../helpers/paths.ts'
import { deliverStory, eur } from '../helpers/stories.ts'

const { visit } = visitor()

/** One of the definitions' examples: paths C1>C2>C3 (converts), C1, C2>C3 (do not). */
const example = () =>
  projectOf({
    visits: [
      visit(1, '2024-03-01T12:00', 'C1'),
      visit(1, '2024-03-08T12:00', 'C2'),
      visit(1, '2024-03-15T12:00', 'C3'),
      visit(2, '2024-03-01T12:00', 'C1'),
      visit(3, '2024-03-02T12:00', 'C2'),
      visit(3, '2024-03-03T12:00', 'C3'),
    ],
    sales: [{ id: 'A', person: 1, at: '2024-03-15T12:00Z', gross: '100' }],
  })

test.group('An order, explained', (group) => {
  useDatabases(group, { clickhouse: true })

  test('the arithmetic of each model', async ({ assert }) => {
    const project = await example()
    const explained = await explainOrder(project, 'A')
    const shown = (name: string) =>
      modelOf(explained, name).touches.map(({ player, weight, formula, credit, amount }) => ({
        player,
        weight,
        formula,
        credit,
        amount,
      }))
    assert.deepEqual(shown('linear'), [
      { player: 'C1', weight: 1, formula: '1', credit: '0.333333333', amount: '33.3333333' },
      { player: 'C2', weight: 1, formula: '1', credit: '0.333333333', amount: '33.3333333' },
      { player: 'C3', weight: 1, formula: '1', credit: '0.333333334', amount: '33.3333334' },
    ])
    assert.deepEqual(shown('time_decay')[0], {
      player: 'C1',
      weight: 0.25,
      formula: '2^(−14 ÷ 7)',
      credit: '0.142857142',
      amount: '14.2857142',
    })
    assert.equal(modelOf(explained, 'time_decay').sum_of_weights, 1.75)
    assert.deepEqual(
      shown('position_based').map(({ formula, credit }) => [formula, credit]),
      [
        ['0.4', '0.4'],
        ['(1 − 0.4 − 0.4) ÷ 1', '0.2'],
        ['0.4', '0.4'],
      ]
    )
    assert.deepEqual(
      shown('markov').map(({ player, formula, credit, amount }) => [
        player,
        formula,
        credit,
        amount,
      ]),
      [
        ['C1', '0.5 ÷ 1', '0.2', '20'],
        ['C2', '1 ÷ 1', '0.4', '40'],
        ['C3', '1 ÷ 1', '0.4', '40'],
      ]
    )
    const markov = modelOf(explained, 'markov')
    assert.equal(markov.sum_of_weights, 2.5)
    assert.deepInclude(markov.fit, {
      date_from: '2024-01-02',
      date_to: '2024-03-31',
      paths_without_conversion: 2,
    })
    assert.deepEqual(
      markov.fit?.removal_effects.map(({ player, effect }) => [player, effect]),
      [
        ['C2', 1],
        ['C3', 1],
        ['C1', 0.5],
      ]
    )
    assert.deepEqual(
      ['first_touch', 'last_touch', 'last_non_direct'].map((name) =>
        shown(name).map(({ credit }) => credit)
      ),
      [
        ['1', '0', '0'],
        ['0', '0', '1'],
        ['0', '0', '1'],
      ]
    )
    for (const { total, explanation } of explained.data.models) {
      assert.deepEqual(total, { credit: '1', amount: '100' })
      assert.isNotEmpty(explanation.en)
      assert.isNotEmpty(explanation.ru)
    }
  })

  test('figures, refunds, and touches with why they do not count', async ({ assert }) => {
    const project = await makeProject()
    const touch = (externalId: string, at: string, medium: string) => ({
      externalId,
      at,
      clientId: 'c1',
      source: medium === 'email' ? 'letter' : 'google',
      medium,
    })
    await deliverStory(project.id, {
      touchpoints: [
        touch('1', '2024-01-10T12:00:00Z', 'organic'),
        touch('2', '2024-03-01T12:00:00Z', 'cpc'),
        touch('3', '2024-03-05T12:00:00Z', 'email'),
        touch('4', '2024-03-05T12:00:00.001Z', 'cpc'),
      ],
      orders: [
        {
          externalId: '#1 / a',
          at: '2024-03-05T12:00:00Z',
          total: eur('106'),
          discount: eur('10'),
          tax: eur('6'),
          clientId: 'c1',
          email: 'a@example.com',
        },
      ],
      refunds: [
        { externalId: 'R1', orderId: '#1 / a', at: '2024-03-09T12:00:00Z', amount: eur('25') },
        { externalId: 'R2', orderId: '#1 / a', at: '2024-03-12T12:00:00Z', amount: eur('5') },
      ],
    })
    const explained = await explainOrder(project, '#1 / a', { models: 'linear,last_touch' })
    const { order, touches, not_credited: notCredited } = explained.data
    assert.deepInclude(order, {
      order_id: '#1 / a',
      gross: '110',
      discount: '10',
      tax: '6',
      total: '106',
      refunded: '30',
      revenue: '70',
      is_new: true,
      first_order_date: '2024-03-05',
      integration_id: '1',
      source_type: 'shop',
    })
    assert.deepEqual(
      order.refunds.map(({ date, amount, counts }) => [date, amount, counts]),
      [
        ['2024-03-09', '25', true],
        ['2024-03-12', '5', true],
      ]
    )
    assert.isNull(notCredited)
    assert.deepEqual(
      touches.map(({ at, kind, channel, eligible, reason }) => [
        at.slice(0, 10),
        kind,
        channel,
        eligible,
        reason,
      ]),
      [
        ['2024-01-10', 'touchpoint', 'Organic Search', false, 'before_window'],
        ['2024-03-01', 'touchpoint', 'Paid Search', true, null],
        ['2024-03-05', 'touchpoint', 'Email', true, null],
        ['2024-03-05', 'touchpoint', 'Paid Search', false, 'after_conversion'],
      ]
    )
    assert.deepEqual(
      explained.data.models.map(({ model, players }) => [model, players]),
      [
        [
          'linear',
          [
            { player: 'Paid Search', credit: '0.5', amount: '35' },
            { player: 'Email', credit: '0.5', amount: '35' },
          ],
        ],
        [
          'last_touch',
          [
            { player: 'Paid Search', credit: '0', amount: '0' },
            { player: 'Email', credit: '1', amount: '70' },
          ],
        ],
      ]
    )
    const wide = await explainOrder(project, '#1 / a', {
      models: 'first_touch',
      window_days: '120',
      group_by: 'source_medium',
    })
    assert.deepEqual(wide.data.models[0]?.players[0], {
      player: 'google / organic',
      credit: '1',
      amount: '70',
    })
    assert.notInclude(JSON.stringify(explained), 'example.com')
  })

  test('Markov as published has no credits of a single order', async ({ assert }) => {
    const project = await example()
    const explained = await explainOrder(project, 'A', {
      models: 'markov',
      'params[markov][allocation]': 'global',
      explain: '1',
    })
    const markov = modelOf(explained, 'markov')
    assert.deepEqual(markov.players, [])
    assert.include(markov.explanation.en, 'no credits of a single order')
    assert.lengthOf(markov.fit?.removal_effects ?? [], 3)
    assert.includeMembers(explained.meta.explain?.statements.map(({ name }) => name) ?? [], [
      'order',
      'path',
      'transitions',
      'touches',
    ])
  })

  test('whose order it is has to be clear', async ({ assert }) => {
    const project = await makeProject()
    const order = { externalId: '7', at: '2024-03-05T12:00:00Z' }
    await deliverStory(project.id, {
      orders: [{ ...order, total: eur('10') }],
      otherOrders: [{ ...order, total: eur('30') }],
    })
    const { status, body } = await askOrder(project, '7')
    assert.equal(status, 422)
    assert.deepEqual((body as unknown as { errors: unknown[] }).errors, [
      { field: 'integration_id', rule: 'ambiguous', message: '1 (shop)', value: '1' },
      { field: 'integration_id', rule: 'ambiguous', message: '4 (shop_b)', value: '4' },
    ])
    const byId = await explainOrder(project, '7', { integration_id: '4' })
    assert.equal(byId.data.order.gross, '30')
    const bySource = await explainOrder(project, '7', { source: 'shop' })
    assert.equal(bySource.data.order.gross, '10')
  })

  test('unknown orders are not found, strangers are refused, nonsense is named', async ({
    assert,
  }) => {
    const project = await example()
    const status = async (place: Place, order: string, query = {}) =>
      (await askOrder(place, order, query)).status
    assert.equal(await status(project, 'B'), 404)
    assert.equal(await status(project, 'A', { integration_id: '99' }), 404)
    assert.equal(await status(await makeProject(), 'A'), 404)
    assert.equal(await status({ id: project.id, owner: await signUp() }, 'A'), 403)
    assert.equal(await status(project, 'A', { models: 'nonsense' }), 422)
    assert.equal(await status(project, 'A', { window_days: '0' }), 422)
    assert.equal(await status(project, 'A', { date_from: '2024-01-01' }), 422)
    const outside = { date_from: '2024-01-01', date_to: '2024-02-01' }
    assert.equal(await status(project, 'A', outside), 422)
  })

  test('a touch of another browser is tied to the order by what both were known by', async ({
    assert,
  }) => {
    const project = await makeProject()
    const touch = (externalId: string, clientId: string) => ({
      externalId,
      clientId,
      at: `2024-03-0${externalId}T12:00:00Z`,
      channel: 'Email',
    })
    const order = (externalId: string, clientId: string, day: string) => ({
      externalId,
      clientId,
      at: `2024-03-${day}T12:00:00Z`,
      total: eur('10'),
      email: 'a@example.com',
    })
    await deliverStory(project.id, {
      touchpoints: [touch('1', 'c1'), touch('2', 'c2')],
      orders: [order('A', 'c1', '05'), order('B', 'c2', '06')],
    })
    const { data } = await explainOrder(project, 'A', { models: 'linear' })
    const told = data.touches.map(({ alias_id: alias }) =>
      data.identity
        .find(({ alias_id: id }) => id === alias)
        ?.chain?.map(({ from, to, reason, documents }) =>
          [from.type, reason, to.type, documents.map(({ id }) => id).join()].join(' ')
        )
    )
    assert.deepEqual(told, [
      ['client named_together email A', 'email belongs_to order A'],
      ['client named_together email B', 'email belongs_to order A'],
    ])
    assert.notInclude(JSON.stringify(data), 'example.com')
  })
})
