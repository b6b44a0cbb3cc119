import { test } from '@japa/runner'
import type { z } from 'zod'
import { workOff } from '../../../ingestion/tests/helpers/work_off.ts'
import { importFile } from '../../../reports/tests/helpers/imports.ts'
import { api, type Many, type One } from '#tests/api'
import { useDatabases } from '#tests/databases'
import { addTo, makeProject } from '#tests/factories'
import type {
  BlockedView,
  FoundPersonView,
  PersonView,
  SettingsView,
  SplitView,
} from '../../schemas.ts'

type Person = One<typeof PersonView>

const csv = (lines: string[]) => new Blob([`${lines.join('\n')}\n`])
const same = (names: string) => Object.fromEntries(names.split(',').map((name) => [name, name]))

const orderColumns = 'order_id,ordered_at,total,customer_id,email,phone,client_id'
const dealColumns = 'deal_id,created_at,amount,contact_id,email,phone,order_id'

/** A shop whose Ann ordered as a customer and as a guest, and telephoned once. */
async function openShop() {
  const made = await makeProject()
  const load = (kind: string, columns: string, lines: string[]) =>
    importFile(
      made,
      { kind, name: kind, columns: same(columns), constants: { currency: 'EUR' } },
      csv([columns, ...lines])
    )
  await load('orders', orderColumns, [
    '1,2024-03-01T10:00:00Z,10,k1,ann@example.com,,b1',
    '2,2024-03-02T10:00:00Z,20,,ANN@example.com,,',
    '3,2024-03-03T10:00:00Z,30,,,+44 20 7946 0018,',
    '4,2024-03-04T10:00:00Z,40,k2,bob@example.com,,',
  ])
  await load('deals', dealColumns, [
    'd1,2024-03-05T10:00:00Z,5,c9,,0044 20 79460018,2',
    'd2,2024-03-06T10:00:00Z,6,c9,,,',
  ])
  const call = api(made.owner)
  const path = `/projects/${made.id}`
  const find = async (type: string, value: string) => {
    const query = { alias_type: type, alias_value: value }
    return (await call.get<Many<typeof FoundPersonView>>(`${path}/persons`, { query })).body.data
  }
  const show = async (id: string, query: Record<string, string> = {}) =>
    (await call.get<Person>(`${path}/persons/${id}`, { query })).body.data
  const customers = async () => {
    const query = {
      date_from: '2024-03-01',
      date_to: '2024-03-31',
      metrics: 'customers,new_customers',
    }
    const { body } = await call.get<{ totals: Record<string, number> }>(`${path}/reports/kpi`, {
      query,
    })
    return [body.totals.customers, body.totals.new_customers]
  }
  return { ...made, load, call, path, find, show, customers }
}

/** What has to be there. */
function there<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('There is none')
  return value
}

const ends = (edges: z.output<typeof PersonView>['edges']) =>
  edges.map(({ from, to, reason, documents }) => [
    from.type,
    to.type,
    reason,
    documents.map(({ type, id }) => `${type} ${id}`).join(),
  ])

test.group('persons over the API', (group) => {
  useDatabases(group, { clickhouse: true })
  group.each.timeout(120_000)

  test('a person is found by anything that is known of them', async ({ assert }) => {
    const { find, customers } = await openShop()
    const searches: [string, string][] = [
      ['customer', 'k1'],
      ['email', ' Ann@Example.com'],
      ['phone', '(44) 20-7946-0018'],
      ['client', 'b1'],
      ['contact', 'c9'],
      ['order', '3'],
      ['deal', 'd2'],
    ]
    const found = await Promise.all(searches.map(([type, value]) => find(type, value)))
    assert.deepEqual(
      found.map((persons) => persons.length),
      searches.map(() => 1)
    )
    assert.equal(new Set(found.map(([person]) => person?.person_id)).size, 1)
    const [bob] = await find('email', 'bob@example.com')
    assert.notEqual(bob?.person_id, found[0]?.[0]?.person_id)
    assert.deepEqual(await find('email', 'nobody@example.com'), [])
    assert.deepEqual(await find('order', '99'), [])
    assert.deepEqual(await customers(), [2, 2])
  })

  test('the chain tells why two orders are one customer', async ({ assert }) => {
    const { find, show } = await openShop()
    const [found] = await find('customer', 'k1')
    const person = await show(found?.person_id ?? '')
    assert.deepEqual(person.identifiers.map(({ type }) => type).sort(), [
      'client',
      'contact',
      'customer',
      'email',
      'phone',
    ])
    assert.deepEqual(
      person.documents.map(({ type, id }) => `${type} ${id}`),
      ['order 1', 'order 2', 'order 3', 'deal d1', 'deal d2']
    )
    assert.isTrue(person.is_complete)
    assert.isNull(person.chain)
    const email = person.identifiers.find(({ type }) => type === 'email')
    assert.match(email?.value ?? '', /^[0-9a-f]{32}$/)
    assert.isTrue(email?.is_hashed)

    const { chain } = await show(person.person_id, { from: 'order:1', to: 'order:3' })
    assert.deepEqual(ends(chain ?? []), [
      ['order', 'customer', 'belongs_to', 'order 1'],
      ['customer', 'email', 'named_together', 'order 1'],
      ['email', 'order', 'belongs_to', 'order 2'],
      ['order', 'deal', 'names', 'deal d1'],
      ['deal', 'contact', 'belongs_to', 'deal d1'],
      ['contact', 'phone', 'named_together', 'deal d1'],
      ['phone', 'order', 'belongs_to', 'order 3'],
    ])
  })

  test('a split of an edge moves the figures, its undoing brings them back', async ({ assert }) => {
    const { call, path, find, show, customers } = await openShop()
    const { person_id: id } = there((await find('customer', 'k1'))[0])
    const before = await show(id)
    const named = there(before.edges.find(({ reason }) => reason === 'names'))
    const splits = `${path}/identity/splits`
    const areSettled = async () =>
      (await call.get<One<typeof SettingsView>>(`${path}/identity/settings`)).body.data
        .splits_settled
    const body = { from: named.from.alias_id, to: named.to.alias_id, note: 'a wrong number' }
    const made = await call.post<One<typeof SplitView>>(splits, body)
    assert.equal(made.status, 201)
    assert.isFalse(made.body.data.is_settled)
    assert.isFalse(await areSettled())
    assert.equal((await call.post(splits, body)).status, 409)
    assert.deepEqual(await customers(), [2, 2])
    await workOff()
    assert.deepEqual(await customers(), [3, 3])
    assert.isTrue(await areSettled())
    const listed = there((await call.get<Many<typeof SplitView>>(splits)).body.data[0])
    assert.deepInclude(listed, { is_settled: true, note: 'a wrong number' })
    assert.deepEqual([listed.from.type, listed.to.type].sort(), ['deal', 'order'])

    const caller = there((await find('phone', '442079460018'))[0])
    const customer = there((await find('email', 'ann@example.com'))[0])
    assert.notEqual(caller.person_id, customer.person_id)
    // Who was merged before the split is found by any of their identifiers still.
    assert.equal((await show(caller.matched.alias_id)).person_id, caller.person_id)

    assert.equal((await call.delete(`${splits}/${made.body.data.id}`)).status, 204)
    assert.isFalse(await areSettled())
    await workOff()
    assert.deepEqual(await customers(), [2, 2])
    assert.deepEqual((await call.get<Many<typeof SplitView>>(splits)).body.data, [])
    assert.deepEqual(await show(id), before)
    assert.equal((await call.delete(`${splits}/${made.body.data.id}`)).status, 404)
  })

  test('an identifier with too many ties is told, and joins again under a higher limit', async ({
    assert,
  }) => {
    const { call, path, load, find, show, customers } = await openShop()
    await load('orders', orderColumns, [
      ...[1, 2, 3].map((n) => `o${n},2024-03-01T10:00:00Z,10,x${n},info@example.com,,`),
      '4,2024-03-04T10:00:00Z,40,k2,bob@example.com,,',
    ])
    assert.deepEqual(await customers(), [2, 2])
    const settings = `${path}/identity/settings`
    const limit = async (maxLinks: number) =>
      (await call.put<One<typeof SettingsView>>(settings, { max_links: maxLinks })).body.data
    assert.deepEqual((await call.get<One<typeof SettingsView>>(settings)).body.data, {
      max_links: 100,
      is_settled: true,
      splits_settled: true,
    })
    assert.deepEqual(await limit(2), {
      max_links: 2,
      is_settled: false,
      splits_settled: true,
    })
    await workOff()
    assert.deepEqual(await customers(), [4, 4])
    const { data } = (await call.get<Many<typeof BlockedView>>(`${path}/identity/blocked`)).body
    assert.deepEqual(
      data.map(({ alias, links, documents }) => [alias.type, links, documents]),
      [['email', 3, 3]]
    )
    const [one] = await find('customer', 'x1')
    assert.deepEqual(
      (await show(one?.person_id ?? '')).blocked.map(({ type }) => type),
      ['email']
    )
    assert.isFalse((await limit(3)).is_settled)
    await workOff()
    assert.deepEqual(await customers(), [2, 2])
    assert.isTrue((await call.get<One<typeof SettingsView>>(settings)).body.data.is_settled)
  })

  test('a question about nobody, or about two who are not one person, is refused', async ({
    assert,
  }) => {
    const { call, path, find } = await openShop()
    const [ann] = await find('customer', 'k1')
    const person = `/persons/${ann?.person_id}`
    const status = async (url: string, query: Record<string, string> = {}) =>
      (await call.get(`${path}${url}`, { query })).status
    assert.equal(await status('/persons/12345'), 404)
    assert.equal(await status('/persons/ann'), 404)
    assert.equal(await status(person, { from: 'order:1' }), 422)
    assert.equal(await status(person, { from: 'order:1', to: 'order:4' }), 422)
    assert.equal(await status('/persons', { alias_type: 'shoe', alias_value: '1' }), 422)
  })

  test('only an edge can be split, and only by an editor', async ({ assert }) => {
    const shop = await openShop()
    const splits = `${shop.path}/identity/splits`
    const found = await Promise.all([shop.find('customer', 'k1'), shop.find('customer', 'k2')])
    const [from, to] = found.flat().map(({ matched }) => matched.alias_id)
    const refused = await shop.call.post<{ errors: { rule: string }[] }>(splits, { from, to })
    assert.equal(refused.status, 422)
    assert.deepEqual(
      refused.body.errors.map(({ rule }) => rule),
      ['joined']
    )
    const viewer = api(await addTo(shop, 'viewer'))
    assert.equal((await viewer.post(splits, { from, to })).status, 403)
    assert.equal((await viewer.get(splits)).status, 200)
  })
})
