import { test } from '@japa/runner'
import { OPERATION, RUN } from '../src/bulk/operation.ts'
import { probe, SHOP } from '../src/check.ts'
import { CLOCK } from '../src/clock.ts'
import {
  LISTS_BY_ID,
  MORE,
  OLDEST_ORDER,
  orderById,
  ordersInBulk,
  ordersPage,
} from '../src/orders/selection.ts'
import { WINDOW } from '../src/orders/window.ts'
import { customerById, customersPage } from '../src/streams/customers.ts'
import { MORE_VARIANTS, PRODUCTS_PAGE, VARIANT_BY_ID } from '../src/streams/products.ts'
import { SUBSCRIBE, SUBSCRIPTIONS, UNSUBSCRIBE } from '../src/webhooks/subscriptions.ts'
import { faultsOf } from './schema.ts'

const both = [{ personal: true }, { personal: false }]
const queries: Record<string, string[]> = {
  'a page of orders': both.map(ordersPage),
  'one order': both.map(orderById),
  'orders in bulk': both.map((access) =>
    ordersInBulk(access, "updated_at:>='2026-11-01T00:00:00Z'")
  ),
  'the oldest order': [OLDEST_ORDER],
  'lists of orders and refunds': [LISTS_BY_ID],
  'further pages of lists': Object.values(MORE),
  customers: [true, false].flatMap((personal) => [customersPage(personal), customerById(personal)]),
  products: [PRODUCTS_PAGE, MORE_VARIANTS, VARIANT_BY_ID],
  bulk_operations: [RUN, OPERATION],
  webhooks: [SUBSCRIPTIONS, SUBSCRIBE, UNSUBSCRIBE],
  check: [SHOP, probe(true), probe(false), CLOCK, WINDOW],
}

test.group('Queries against the schema of 2026-10', () => {
  for (const [title, texts] of Object.entries(queries)) {
    test(`${title}: valid, and nothing deprecated`, ({ assert }) => {
      for (const text of texts) assert.deepEqual(faultsOf(text), [], text)
    })
  }

  test('the schema would object', ({ assert }) => {
    assert.lengthOf(faultsOf('{ orders(first: 1) { nodes { id nope } } }'), 1)
    assert.lengthOf(
      faultsOf('{ orders(first: 1) { nodes { customerJourney { customerOrderIndex } } } }'),
      1
    )
  })
})
