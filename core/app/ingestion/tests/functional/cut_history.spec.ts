import { test } from '@japa/runner'
import { useDatabases } from '#tests/databases'
import { DAY, dayOf, openVendors } from '../helpers/sandbox_shop.ts'
import { useVendors } from '../helpers/sandbox_vendors.ts'

const present = Date.now()
const days = { from: dayOf(present - 75 * DAY), to: dayOf(present) }

interface Report {
  meta: { coverage: { history_from: string | null }; unreliable: Record<string, string> }
}
interface Shown {
  data: { history_from: string | null; warnings: { code: string; message: string }[] }
}

test.group('A vendor that hides older orders', (group) => {
  useDatabases(group, { clickhouse: true })
  const held = useVendors(group, () => ({
    from: days.from,
    now: new Date(present).toISOString(),
    peoplePerDay: 2,
  }))

  // apis/shopify.md, traps: no `read_all_orders` → history silently stops at 60 days.
  test('is told to the user, and marks who is new as unreliable, until all is shown and read again', async ({
    assert,
  }) => {
    const { vendors } = held
    const made = await openVendors(vendors, days)
    const grant = async (scopes?: string) => {
      const token = await vendors.control<{ access_token: string }>('shopify/grant', { scopes })
      await made.call.patch(made.shop, { credentials: { access_token: token.access_token } })
    }
    const report = async (request: object) => {
      const asked = { date_from: days.from, date_to: days.to, ...request }
      return (await made.call.post<Report>(`/projects/${made.id}/reports/kpi`, asked)).body.meta
    }
    const shown = async () => (await made.call.get<Shown>(made.shop)).body.data
    const since = new Date(present - 60 * DAY).toISOString().slice(0, 10)

    await grant('read_orders,read_customers,read_products,read_inventory')
    assert.equal((await made.sync(made.shop)).status, 'done')
    // Neither an increment nor another source makes it whole.
    assert.equal((await made.sync(made.shop)).status, 'done')
    const { coverage, unreliable } = await report({ metrics: ['revenue', 'new_customers', 'cac'] })
    assert.equal(coverage.history_from?.slice(0, 10), since)
    assert.sameMembers(Object.keys(unreliable), ['new_customers', 'cac'])
    const split = await report({ metrics: ['revenue'], group_by: 'customer_type' })
    assert.property(split.unreliable, 'revenue')
    const cut = await shown()
    assert.equal(cut.history_from?.slice(0, 10), since)
    assert.deepEqual(
      cut.warnings.map(({ code }) => code),
      ['history_cut']
    )
    assert.include(cut.warnings[0]?.message ?? '', since)

    await grant()
    assert.equal((await made.sync(made.shop, { full: true })).status, 'done')
    const whole = await report({ metrics: ['new_customers'] })
    assert.deepEqual([whole.coverage.history_from, whole.unreliable], [null, {}])
    assert.isNull((await shown()).history_from)
    const { cost: _cost, ...sales } = await made.kpi()
    assert.deepEqual(sales, await vendors.sales(days))
  }).timeout(180_000)
})
