import { test } from '@japa/runner'
import type { Page } from 'playwright-core'
import { plain, tile } from '../helpers/pages.ts'
import { DAYS, newProject, useShop, type Shop } from '../helpers/shop.ts'

const DOMAIN = 'harbour-coffee.myshopify.com'
/** A first load reads all the history that the vendor keeps. */
const LOAD_MS = 90_000
const PAUSE_MS = 300

const control = async <Answer>({ sandbox }: Shop, path: string, body?: object): Promise<Answer> => {
  const init = body ? { method: 'POST', body: JSON.stringify(body) } : {}
  const text = await (await fetch(`${sandbox.url}/control/${path}`, init)).text()
  return (text === '' ? undefined : JSON.parse(text)) as Answer
}

interface Order {
  is_test: boolean
  is_cancelled: boolean
  total_cents: number
}

/** What the double says that is true of the shop, as the dashboard would write it. */
async function truthOf(shop: Shop) {
  const days = `from=${DAYS.from}&to=${DAYS.to}`
  const costs = await control<{ cost_micros: number }[]>(
    shop,
    `truth/google-ads/daily?customer=7205550134&level=campaign&${days}`
  )
  const all = await control<Order[]>(shop, `truth/shopify/orders?${days}`)
  const orders = all.filter(
    ({ is_test, is_cancelled, total_cents }) => !is_test && !is_cancelled && total_cents !== 0
  )
  return { costs, orders }
}

const load = (page: Page) => page.getByRole('button', { name: 'Load now' })

/** A load that has just been asked for is shown until it ends. */
async function untilLoaded(page: Page): Promise<void> {
  const progress = page.getByRole('progressbar', { name: 'Progress' })
  // At nothing per cent the bar is there without being seen.
  await progress.waitFor({ state: 'attached' })
  await progress.waitFor({ state: 'detached', timeout: LOAD_MS })
  await page.getByText('Up to date').first().waitFor()
}

/** Reports follow a removal a moment later. */
async function untilForgotten({ api }: Shop, project: string): Promise<void> {
  const request = { date_from: DAYS.from, date_to: DAYS.to, metrics: ['orders'] }
  for (;;) {
    const rows = await api.post<{ orders: number }[]>(`/projects/${project}/reports/kpi`, request)
    if (rows.every(({ orders }) => orders === 0)) return
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS))
  }
}

/** The project whose first load goes on while others are tested. */
let byConsent = ''

test.group('Connecting by consent', (group) => {
  group.bail()
  group.tap((one) => one.timeout(120_000))
  const shop = useShop(group)

  test('nothing is connected, and the catalogue says what can be', async () => {
    byConsent = await newProject(shop.api, 'By consent')
    const { page } = shop
    await page.goto(`/p/${byConsent}/dashboard`)
    await page.getByRole('link', { name: 'Connect a source' }).click()
    await page.getByRole('link', { name: 'Connect: Google Ads' }).click()
    await page.getByRole('heading', { name: 'Connect Google Ads' }).waitFor()
  })

  test('who does not agree is told so, and can try again', async ({ assert }) => {
    const { page } = shop
    await page.getByRole('button', { name: 'Connect', exact: true }).click()
    await page.getByRole('button', { name: /deny|cancel/i }).click()
    await page.getByRole('alert').getByText('You did not agree at the vendor').waitFor()
    assert.isTrue(await load(page).isDisabled())
  })

  test('consent leads back, and the account is picked from the list', async ({ assert }) => {
    const { page } = shop
    await page.getByRole('button', { name: /^Sign in at Google Ads/ }).click()
    await page.getByRole('button', { name: /allow/i }).click()
    await page.getByText('Signed in', { exact: true }).waitFor()
    assert.match(page.url(), /\/integrations\/\d+/)
    await page.getByRole('combobox', { name: 'Ad account' }).first().click()
    await page
      .getByRole('option', { name: /Harbour Coffee DACH/ })
      .first()
      .click()
    await page.getByRole('combobox', { name: 'Manager account' }).first().click()
    await page
      .getByRole('option', { name: /manager/ })
      .first()
      .click()
    await page.getByRole('button', { name: 'Choose', exact: true }).click()
    await page.getByText('Nothing is left to be set up').waitFor()
    await page.getByRole('button', { name: 'Check' }).click()
    await page.getByRole('status').getByText('It works').waitFor()
  })

  test('the first load tells how far it is, and cannot be started twice', async ({ assert }) => {
    const { page } = shop
    const slow = { vendor: 'google-ads', kind: 'slow', times: 3, seconds: 4 }
    await control(shop, 'faults', slow)
    await load(page).click()
    await page.getByRole('progressbar', { name: 'Progress' }).waitFor({ state: 'attached' })
    await page.getByText('reading.').first().waitFor()
    assert.isTrue(await load(page).isDisabled())
  })
})

test.group('Connecting by a key', (group) => {
  group.bail()
  group.tap((one) => one.timeout(120_000))
  const shop = useShop(group)
  let project = ''

  test('a host that is none of the vendor is refused in the form', async () => {
    project = await newProject(shop.api, 'By key')
    const { page } = shop
    await page.goto(`/p/${project}/integrations/new/shopify`)
    await page.getByRole('textbox', { name: 'Shop' }).fill('shop.example')
    await page.getByLabel('Access token').fill('shpat_wrong')
    await page.getByRole('button', { name: 'Connect', exact: true }).click()
    await page.getByText('This does not look right').waitFor()
  })

  test('a wrong key is told in plain words, with what to do', async ({ assert }) => {
    const { page } = shop
    await page.getByRole('textbox', { name: 'Shop' }).fill(DOMAIN)
    await page.getByRole('button', { name: 'Connect', exact: true }).click()
    await page.getByRole('button', { name: 'Check' }).click()
    const told = page.getByRole('alert').first()
    await told.getByText('The vendor does not accept the access any more').waitFor()
    assert.include(await told.innerText(), 'enter a new key in the settings below')
    assert.notInclude(await page.getByRole('main').innerText(), 'shpat_wrong')
  })

  test('with the right key it loads, and the orders stand on the dashboard', async ({ assert }) => {
    const { page } = shop
    const { access_token: key } = await control<{ access_token: string }>(shop, 'shopify/grant', {})
    await page.getByLabel('Access token').fill(key)
    await page.getByRole('button', { name: 'Save changes' }).click()
    await page.getByRole('button', { name: 'Check' }).click()
    await page.getByRole('status').getByText('It works').waitFor()
    await load(page).click()
    await untilLoaded(page)
    const { orders } = await truthOf(shop)
    await page.goto(`/p/${project}/dashboard?period=all`)
    await tile(page, 'orders').getByText(/\d/).first().waitFor()
    assert.include(await tile(page, 'orders').innerText(), String(orders.length))
  })

  test('removed with its data, it leaves no figure behind', async () => {
    const { page } = shop
    await page.getByRole('link', { name: 'Integrations' }).click()
    await page.getByRole('link', { name: 'Shopify' }).click()
    await page.getByRole('button', { name: 'More actions' }).click()
    await page.getByRole('menuitem', { name: 'Remove…' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByText('Delete what it has loaded, too').click()
    await dialog.getByRole('button', { name: 'Remove' }).click()
    await page.getByRole('heading', { name: 'Nothing is connected yet' }).waitFor()
    await untilForgotten(shop, project)
    await page.goto(`/p/${project}/dashboard`)
    await page.getByRole('heading', { name: 'Your dashboard is waiting for data' }).waitFor()
  })
})

/** It has gone on loading meanwhile. */
test.group('What was connected by consent', (group) => {
  group.bail()
  group.tap((one) => one.timeout(120_000))
  const shop = useShop(group)

  test('has been loaded, and its log says so', async () => {
    const { page } = shop
    await page.goto(`/p/${byConsent}/integrations`)
    await page.getByRole('link', { name: 'Google Ads' }).click()
    await page.getByText('Up to date').first().waitFor({ timeout: LOAD_MS })
    await page.getByRole('button', { name: 'Details' }).first().click()
    await page.getByText('Done.').waitFor()
  })

  test('what it costs stands on the dashboard, to the cent', async ({ assert }) => {
    const { page } = shop
    const { costs } = await truthOf(shop)
    const micros = costs.reduce((sum, { cost_micros: one }) => sum + Number(one), 0)
    await page.goto(`/p/${byConsent}/dashboard?period=all`)
    await tile(page, 'cost').getByText('€').first().waitFor()
    const shown = plain(await tile(page, 'cost').innerText())
    const euros = new Intl.NumberFormat('en-GB', { style: 'currency', currency: 'EUR' })
    assert.include(shown, euros.format(micros / 1e6))
  })

  test('a pause ends the schedule, and it is taken up again', async () => {
    const { page } = shop
    await page.getByRole('link', { name: 'Integrations' }).click()
    await page.getByRole('link', { name: 'Google Ads' }).click()
    await page.getByRole('button', { name: 'More actions' }).click()
    await page.getByRole('menuitem', { name: 'Pause' }).click()
    await page.getByText('Paused').first().waitFor()
    await page.getByRole('button', { name: 'Resume' }).click()
    await page.getByText('Up to date').first().waitFor()
  })

  test('days are read again, and nothing doubles', async () => {
    const { page } = shop
    await page.getByRole('button', { name: 'More actions' }).click()
    await page.getByRole('menuitem', { name: 'Load again from…' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Load again' }).click()
    await page.getByRole('dialog').waitFor({ state: 'hidden' })
    await untilLoaded(page)
  })

  test('nothing was complained about on the way', ({ assert }) => {
    assert.deepEqual(shop.complaints, [])
  })
})
