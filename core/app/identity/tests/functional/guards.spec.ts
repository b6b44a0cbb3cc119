import { test } from '@japa/runner'
import { useDatabases } from '#tests/databases'
import { order, Shop } from '../helpers/shop.ts'

const SHOP = '1'

/** So many customers who all left the office's address. */
const office = (customers: number) =>
  Array.from({ length: customers }, (_, index) =>
    order(`o${String(index).padStart(3, '0')}`, 1 + (index % 28), {
      customerId: `x${index}`,
      email: 'info@example.com',
    })
  )

test.group('guards against swallowing', (group) => {
  useDatabases(group, { clickhouse: true })
  group.each.timeout(120_000)

  test('an address that 500 customers share makes nobody of them another', async ({ assert }) => {
    const shop = await Shop.open()
    await shop.set(SHOP, {
      order: [...office(500), order('alone', 3, { email: 'info@example.com' })],
    })
    assert.equal((await shop.customers()).size, 501)
    assert.lengthOf(await shop.blocked(), 1)
  })

  test('it joins again when its customers become few, and stops when they become many', async ({
    assert,
  }) => {
    const shop = await Shop.open()
    shop.identity = { ...shop.identity, maxLinks: 5 }
    await shop.set(SHOP, { order: office(5) })
    assert.deepEqual([(await shop.customers()).size, (await shop.blocked()).length], [1, 0])
    await shop.set(SHOP, { order: office(6) })
    assert.deepEqual([(await shop.customers()).size, (await shop.blocked()).length], [6, 1])
    await shop.set(SHOP, { order: office(4) })
    assert.deepEqual([(await shop.customers()).size, (await shop.blocked()).length], [1, 0])
  })

  test('another limit is another answer, without new data', async ({ assert }) => {
    const shop = await Shop.open()
    await shop.set(SHOP, { order: office(8) })
    assert.equal((await shop.customers()).size, 1)
    shop.identity = { ...shop.identity, maxLinks: 7, everything: true }
    await shop.settle()
    assert.equal((await shop.customers()).size, 8)
    shop.identity = { ...shop.identity, maxLinks: 8, everything: true }
    await shop.settle()
    assert.equal((await shop.customers()).size, 1)
  })

  test('an order costs what it changes: nothing is written of people whom it does not touch', async ({
    assert,
  }) => {
    const shop = await Shop.open()
    const orders = Array.from({ length: 40 }, (_, index) =>
      order(`p${index}`, 1 + (index % 28), {
        customerId: `c${index % 20}`,
        email: `${index % 20}@example.com`,
      })
    )
    await shop.set(SHOP, { order: orders })
    const before = await shop.written()
    await shop.set(SHOP, { order: orders })
    assert.deepEqual(await shop.written(), before)
    await shop.set(SHOP, { order: [...orders, order('q', 28, { customerId: 'c3' })] })
    const after = await shop.written()
    assert.deepEqual(
      { documents: after.documents - before.documents, persons: after.persons - before.persons },
      { documents: 1, persons: 1 }
    )
  })
})
