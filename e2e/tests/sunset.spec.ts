import { test } from '@japa/runner'
import { newProject, useShop } from '../helpers/shop.ts'

interface Known {
  id: string
  vendor_api: { version: string; sunset: string | null; level: string; days_left: number | null }
}

/** Time is the one thing that cannot be made to pass here, so the answer about it is changed on its way. */
test.group('A vendor’s interface that ends', (group) => {
  group.tap((one) => one.timeout(60_000))
  const shop = useShop(group)
  let project = ''

  group.setup(async () => {
    project = await newProject(shop.api, 'Ends soon')
    await shop.page.route('**/api/v1/sources', async (route) => {
      const response = await route.fetch()
      const { data } = (await response.json()) as { data: Known[] }
      const ends: Record<string, object> = {
        'google-ads': { sunset: '2031-03-14', level: 'warning', days_left: 20 },
        shopify: { sunset: '2020-03-14', level: 'past', days_left: -9 },
      }
      const changed = data.map((one) => ({
        ...one,
        vendor_api: ends[one.id] ? { ...one.vendor_api, ...ends[one.id] } : one.vendor_api,
      }))
      await route.fulfill({ response, json: { data: changed } })
    })
  })
  group.teardown(() => shop.page.unrouteAll())

  test('is told before it does, and once it has, with the day', async ({ assert }) => {
    const { page } = shop
    await page.goto(`/p/${project}/integrations/new`)
    const notes = page.getByRole('note')
    await notes.getByText(/^Version .+ of the vendor’s API ends on .*14.*2031. Update/).waitFor()
    await notes.getByText(/^The vendor has ended version .+ on .*14.*2020. Update now/).waitFor()
    assert.equal(await notes.count(), 2)
  })
})
