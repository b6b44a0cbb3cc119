/** The lists of the Admin API: what can be searched, by what it can be sorted. */
import { isoOf } from '../world/calendar.ts'
import { PRODUCTS, type Product } from '../world/catalogue.ts'
import type { Asking } from './asking.ts'
import {
  page,
  whole,
  type Connection,
  type Listing,
  type Paging,
  type Place,
} from './connection.ts'
import { NotPlayed } from './errors.ts'
import { searchOf, type Searchable } from './search.ts'
import type { KnownCustomer, KnownOrder } from './shop.ts'
import { customerView } from './views/customer.ts'
import { orderView } from './views/order.ts'
import { productView } from './views/product.ts'

export interface ListArguments extends Paging {
  query?: string | null
  sortKey?: string | null
}

interface Sortable<T> {
  id: (item: T) => number
  keys: Record<string, (item: T) => string | number>
}

const DAY = 86_400
/** Without `read_all_orders` older ones are not there. */
const WINDOW_DAYS = 60

function placeBy<T>(sortable: Sortable<T>, key: string): (item: T) => Place {
  const read = sortable.keys[key]
  if (read === undefined) throw new NotPlayed(`sortKey ${key}`)
  return (item) => ({ value: read(item), id: sortable.id(item) })
}

function listed<T>(
  asking: Asking,
  name: string,
  items: readonly T[],
  how: {
    fields: Searchable<T>
    sortable: Sortable<T>
    defaultKey: string
    view: (item: T) => object
  },
  given: ListArguments
): Connection {
  const search = searchOf(given.query, how.fields, asking.shop.world.zone)
  if (search.warnings.length > 0) {
    asking.warnings.push({ path: [name], query: given.query, warnings: search.warnings })
  }
  const listing: Listing<T> = {
    items: items.filter((item) => search.accepts(item)),
    place: placeBy(how.sortable, given.sortKey ?? how.defaultKey),
    view: how.view,
  }
  return asking.isBulk ? whole(listing) : page(listing, given)
}

const ORDER_FIELDS: Searchable<KnownOrder> = {
  updated_at: { kind: 'time', read: ({ updatedAt }) => updatedAt },
  created_at: { kind: 'time', read: ({ order }) => order.at },
  processed_at: { kind: 'time', read: ({ order }) => order.at },
  id: { kind: 'id', read: ({ order }) => order.id },
  customer_id: { kind: 'id', read: ({ order }) => order.person?.id ?? 0 },
  name: { kind: 'text', read: ({ order }) => `#${order.number}` },
  test: { kind: 'text', read: ({ order }) => String(order.isTest) },
  source_name: { kind: 'text', read: ({ order }) => order.channel },
  discount_code: { kind: 'text', read: ({ order }) => order.discountCode ?? '' },
}

const ORDER_SORT: Sortable<KnownOrder> = {
  id: ({ order }) => order.id,
  keys: {
    UPDATED_AT: ({ updatedAt }) => isoOf(updatedAt),
    CREATED_AT: ({ order }) => isoOf(order.at),
    PROCESSED_AT: ({ order }) => isoOf(order.at),
    ORDER_NUMBER: ({ order }) => order.number,
    ID: ({ order }) => order.id,
  },
}

export function orders(asking: Asking, given: ListArguments): Connection {
  asking.mustHaveScope('orders', 'read_orders')
  asking.mustHaveOrderData()
  const oldest = asking.has('read_all_orders') ? 0 : asking.shop.now - WINDOW_DAYS * DAY
  const items = asking.shop.orders().filter(({ order }) => order.at >= oldest)
  const view = (item: KnownOrder) => orderView(item, asking)
  const how = { fields: ORDER_FIELDS, sortable: ORDER_SORT, defaultKey: 'PROCESSED_AT', view }
  return listed(asking, 'orders', items, how, given)
}

const CUSTOMER_FIELDS: Searchable<KnownCustomer> = {
  updated_at: { kind: 'time', read: ({ updatedAt }) => updatedAt },
  customer_date: { kind: 'time', read: ({ createdAt }) => createdAt },
  id: { kind: 'id', read: ({ life }) => life.person.id },
  orders_count: { kind: 'id', read: ({ orders: own }) => own.length },
}

const CUSTOMER_SORT: Sortable<KnownCustomer> = {
  id: ({ life }) => life.person.id,
  keys: {
    ID: ({ life }) => life.person.id,
    UPDATED_AT: ({ updatedAt }) => isoOf(updatedAt),
    CREATED_AT: ({ createdAt }) => isoOf(createdAt),
  },
}

export function customers(asking: Asking, given: ListArguments): Connection {
  asking.mustHaveScope('customers', 'read_customers')
  asking.mustHaveCustomerData()
  const view = (item: KnownCustomer) => customerView(item, asking)
  const how = { fields: CUSTOMER_FIELDS, sortable: CUSTOMER_SORT, defaultKey: 'ID', view }
  return listed(asking, 'customers', asking.shop.customers(), how, given)
}

const PRODUCT_FIELDS = (asking: Asking): Searchable<Product> => {
  const { world } = asking.shop
  const start = world.zone.startOf(world.firstDay)
  return {
    updated_at: { kind: 'time', read: () => start },
    created_at: { kind: 'time', read: () => start },
    id: { kind: 'id', read: ({ id }) => id },
    status: { kind: 'text', read: () => 'active' },
    handle: { kind: 'text', read: ({ handle }) => handle },
    title: { kind: 'text', read: ({ title }) => title },
  }
}

export function products(asking: Asking, given: ListArguments): Connection {
  asking.mustHaveScope('products', 'read_products')
  const { world } = asking.shop
  const start = isoOf(world.zone.startOf(world.firstDay))
  const sortable: Sortable<Product> = {
    id: ({ id }) => id,
    keys: {
      ID: ({ id }) => id,
      UPDATED_AT: () => start,
      CREATED_AT: () => start,
      TITLE: ({ title }) => title,
    },
  }
  const view = (item: Product) => productView(item, asking)
  const how = { fields: PRODUCT_FIELDS(asking), sortable, defaultKey: 'ID', view }
  return listed(asking, 'products', PRODUCTS, how, given)
}
