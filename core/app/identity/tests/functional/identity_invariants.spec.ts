import { test } from '@japa/runner'
import fc from 'fast-check'
import { useDatabases } from '#tests/databases'
import { propertyRuns, propertyTimeout } from '#tests/properties'
import { expectedOrders, type Facts, type Model } from '../helpers/model.ts'
import { order, Shop, type Named } from '../helpers/shop.ts'

const PLACES = ['1', '2', '3']
const KINDS = ['order', 'refund', 'deal', 'customer', 'touchpoint'] as const
/** So few that drawn documents reach it. */
const MAX_LINKS = 4

const maybe = (values: string[]) =>
  fc.option(fc.constantFrom(...values), { nil: undefined, freq: 2 })
const person = fc.record({
  customerId: maybe(['a', 'b']),
  email: maybe(['x@example.com', 'y@example.com', 'z@example.com']),
  phone: maybe(['491', '492']),
  clientId: maybe(['p', 'q', 'r']),
})

const number = fc.constantFrom('1', '2', '3', '4')
const drawnRows = fc.uniqueArray(
  fc.record({
    id: number,
    day: fc.integer({ min: 1, max: 9 }),
    person,
    names: number,
    names_one: fc.boolean(),
    off: fc.boolean(),
  }),
  { maxLength: 4, selector: ({ id }) => id }
)
type Drawn =
  typeof drawnRows extends fc.Arbitrary<infer T>
    ? T[number extends keyof T ? number : never]
    : never

const eur = { amount: '1', currency: 'EUR' }

/** No two orders at one time: which of them were first would be told by their keys. */
const at = (place: string, { id, day }: Drawn) => `2024-03-0${day}T1${place}:0${id}:00Z`

const make: { [K in keyof Facts]: (place: string, row: Drawn) => Facts[K][number] } = {
  order: (place, row) => ({
    ...order(row.id, row.day, row.person),
    at: at(place, row),
    isCancelled: row.off && row.names_one,
  }),
  refund: (place, row) => ({
    externalId: `r${row.id}`,
    orderId: row.id,
    at: at(place, row),
    amount: eur,
    ...(row.off && { customerId: row.person.customerId, email: row.person.email }),
  }),
  deal: (place, row) => ({
    externalId: row.id,
    at: at(place, row),
    contactId: row.person.customerId,
    email: row.person.email,
    phone: row.person.phone,
    orderId: row.names_one ? row.names : undefined,
  }),
  customer: (_place, row) => ({
    externalId: row.id === '1' ? 'a' : row.id === '2' ? 'b' : row.id,
    email: row.person.email,
    phone: row.person.phone,
    clientId: row.person.clientId,
  }),
  touchpoint: (place, row) => ({
    externalId: row.id,
    at: at(place, row),
    ...row.person,
    orderId: row.names_one ? row.names : undefined,
  }),
}

const alias: fc.Arbitrary<Named> = fc.oneof(
  fc.record({
    type: fc.constant('customer' as const),
    place: fc.constantFrom(...PLACES),
    value: fc.constantFrom('a', 'b'),
  }),
  fc.record({
    type: fc.constant('email' as const),
    value: fc.constantFrom('x@example.com', 'y@example.com'),
  }),
  fc.record({ type: fc.constant('client' as const), value: fc.constantFrom('p', 'q') }),
  fc.record({
    type: fc.constantFrom('order' as const, 'deal' as const),
    place: fc.constantFrom(...PLACES),
    value: number,
  })
)
const step = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('set' as const),
      place: fc.constantFrom(...PLACES),
      kind: fc.constantFrom(...KINDS),
      rows: drawnRows,
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('split' as const), one: alias, other: alias }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('join' as const) }) }
)
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never

const noFacts = (): Facts => ({ order: [], refund: [], deal: [], customer: [], touchpoint: [] })
const nameOf = ({ type, place, value }: Named) => [type, place, value].filter(Boolean).join(':')

/** A project and what it has to show. */
class Both {
  readonly shop: Shop
  readonly model: Model = {
    byIntegration: new Map(PLACES.map((place) => [place, noFacts()])),
    maxLinks: MAX_LINKS,
    splits: [],
  }

  constructor(shop: Shop) {
    this.shop = shop
    shop.identity = { ...shop.identity, maxLinks: MAX_LINKS }
  }

  async set<K extends keyof Facts>(place: string, kind: K, made: Facts[K]): Promise<void> {
    const facts = this.model.byIntegration.get(place)
    if (facts) facts[kind] = made
    await this.shop.set(place, { [kind]: made })
  }

  async carryOut(drawn: Step): Promise<void> {
    if (drawn.do === 'set') {
      const rows = drawn.rows.map((row) => make[drawn.kind](drawn.place, row))
      await this.set(drawn.place, drawn.kind, rows)
    }
    if (drawn.do === 'split') {
      this.model.splits.push([nameOf(drawn.one), nameOf(drawn.other)])
      await this.shop.split(drawn.one, drawn.other)
    }
    if (drawn.do === 'join' && this.model.splits.pop()) await this.shop.join()
  }
}

test.group('who is who, after anything', (group) => {
  useDatabases(group, { clickhouse: true })

  test('as a plain model says, as a rebuild, and whatever came first', async ({ assert }) => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 9 }), async (steps) => {
        const both = new Both(await Shop.open())
        for (const drawn of steps) {
          await both.carryOut(drawn)
          assert.deepEqual(await both.shop.orders(), expectedOrders(both.model))
        }
        const incremental = await both.shop.persons()
        await both.shop.settle(true)
        assert.deepEqual(await both.shop.persons(), incremental)
        assert.deepEqual(await both.shop.orders(), expectedOrders(both.model))

        const backwards = new Both(await Shop.open())
        backwards.shop.identity = { ...backwards.shop.identity, splits: both.shop.identity.splits }
        for (const [place, facts] of [...both.model.byIntegration].reverse())
          for (const kind of [...KINDS].reverse()) await backwards.set(place, kind, facts[kind])
        assert.deepEqual(await backwards.shop.persons(), incremental)
      }),
      { numRuns: propertyRuns(4), seed: 20240309, endOnFailure: true }
    )
  }).timeout(propertyTimeout(600_000))
})
