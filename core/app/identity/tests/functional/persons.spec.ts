import { test } from '@japa/runner'
import { useDatabases } from '#tests/databases'
import { deal, order, Shop } from '../helpers/shop.ts'

const SHOP = '1'
const CRM = '2'
const OTHER = '3'

test.group('who is who', (group) => {
  useDatabases(group, { clickhouse: true })
  group.each.timeout(120_000)

  test('two customers with one e-mail address are one person, whichever way it is written', async ({
    assert,
  }) => {
    const shop = await Shop.open()
    await shop.set(SHOP, {
      order: [
        order('1', 1, { customerId: 'a', email: 'Ann@Example.com ' }),
        order('2', 2, { customerId: 'b', email: 'ann@example.com' }),
        order('3', 3, { customerId: 'c' }),
        order('4', 4),
      ],
    })
    assert.deepEqual(await shop.orders(), {
      '1@1': 'A new',
      '2@1': 'A',
      '3@1': 'B new',
      '4@1': 'nobody',
    })
  })

  test('an order that arrives later joins customers that were two, and takes over as the first', async ({
    assert,
  }) => {
    const shop = await Shop.open()
    const customer = order('1', 5, { customerId: 'a' })
    const guest = order('2', 6, { email: 'b@example.com' })
    await shop.set(SHOP, { order: [customer, guest] })
    assert.deepEqual(await shop.orders(), { '1@1': 'A new', '2@1': 'B new' })
    await shop.set(OTHER, { order: [order('0', 1, { email: 'b@example.com', clientId: 'x' })] })
    assert.deepEqual(await shop.orders(), { '0@3': 'A new', '1@1': 'B new', '2@1': 'A' })
    await shop.set(SHOP, { order: [{ ...customer, clientId: 'x' }, guest] })
    assert.deepEqual(await shop.orders(), { '0@3': 'A new', '1@1': 'A', '2@1': 'A' })
    await shop.set(OTHER, { order: [] })
    assert.deepEqual(await shop.orders(), { '1@1': 'A new', '2@1': 'B new' })
  })

  test('a deal joins the order whose number it names, before and after the order comes', async ({
    assert,
  }) => {
    const shop = await Shop.open()
    const naming = deal('d1', 1, { contactId: 'c', phone: '+44 20 7946 0000', orderId: '7' })
    const plain = deal('d2', 1, { contactId: 'c' })
    await shop.set(CRM, { deal: [naming, plain] })
    await shop.set(SHOP, {
      order: [order('7', 3, { customerId: 'a' }), order('8', 4, { phone: '(44) 207946 0000' })],
    })
    assert.deepEqual(await shop.orders(), { '7@1': 'A new', '8@1': 'A' })
    await shop.set(CRM, { deal: [plain] })
    assert.deepEqual(await shop.orders(), { '7@1': 'A new', '8@1': 'B new' })
    await shop.set(CRM, { deal: [naming] })
    assert.deepEqual(await shop.orders(), { '7@1': 'A new', '8@1': 'A' })
    // Two shops have an order 7 now: nobody knows which of them is meant.
    await shop.set(OTHER, { order: [order('7', 9, { customerId: 'z' })] })
    assert.deepEqual(await shop.orders(), { '7@1': 'A new', '7@3': 'B new', '8@1': 'C new' })
    await shop.set(OTHER, { order: [] })
    assert.deepEqual(await shop.orders(), { '7@1': 'A new', '8@1': 'A' })
  })

  test('of two files that know a deal, the one imported last says whose it is', async ({
    assert,
  }) => {
    const shop = await Shop.open({ areFiles: true })
    await shop.set('1', {
      order: [order('1', 1, { email: 'a@example.com' }), order('2', 2, { email: 'b@example.com' })],
    })
    const first = [deal('d', 3, { email: 'a@example.com', orderId: '2' })]
    await shop.set('2', { deal: first })
    assert.deepEqual(await shop.orders(), { '1@1': 'A new', '2@1': 'A' })
    await shop.set('3', { deal: [deal('d', 3, { email: 'c@example.com', orderId: '2' })] })
    assert.deepEqual(await shop.orders(), { '1@1': 'A new', '2@1': 'B new' })
    await shop.set('2', { deal: first })
    assert.deepEqual(await shop.orders(), { '1@1': 'A new', '2@1': 'A' })
  })

  test('a visit that names an order brings its browser to the order’s customer', async ({
    assert,
  }) => {
    const shop = await Shop.open()
    const visit = { externalId: 't', at: '2024-03-01T08:00:00Z', clientId: 'x', orderId: '1' }
    await shop.set(OTHER, { touchpoint: [visit] })
    await shop.set(SHOP, {
      order: [order('1', 3, { customerId: 'a' }), order('2', 2, { clientId: 'x' }), order('3', 4)],
    })
    assert.deepEqual(await shop.orders(), { '1@1': 'A', '2@1': 'A new', '3@1': 'nobody' })
    await shop.set(OTHER, { touchpoint: [{ ...visit, orderId: '3' }] })
    assert.deepEqual(await shop.orders(), { '1@1': 'A new', '2@1': 'B new', '3@1': 'B' })
  })
})
