import { join } from 'node:path'
import { test } from '@japa/runner'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { complaintsOf, openBrowser, openContext } from '../helpers/browser.ts'
import { chooseFile, person, plain, signIn, tableRow, tile } from '../helpers/pages.ts'
import { startServer, type Server } from '../helpers/server.ts'

const retail = join(
  import.meta.dirname,
  '../../plugins/sources/csv/tests/data/online-retail.csv.gz'
)

let server: Server
let browser: Browser
let context: BrowserContext
let page: Page
let complaints: string[]

test.group('The main job in the browser', (group) => {
  // Each step is what the next one needs.
  group.bail()
  group.tap((one) => one.timeout(120_000))

  group.setup(async () => {
    server = await startServer()
    browser = await openBrowser()
    context = await openContext(browser, server.url)
    page = await context.newPage()
    complaints = complaintsOf(page)
  })

  group.teardown(async () => {
    await browser.close()
    await server.stop()
  })

  test('the first person is asked to sign up', async ({ assert }) => {
    await page.goto('/')
    await page.getByRole('heading', { name: 'Create your account' }).waitFor()
    await page.getByLabel('Name').fill(person.name)
    await page.getByLabel('E-mail').fill(person.email)
    await page.getByLabel('Password', { exact: true }).fill('short')
    await page.getByRole('button', { name: 'Create account' }).click()
    await page.getByText('Use at least 8 characters').waitFor()
    await page.getByLabel('Password', { exact: true }).fill(person.password)
    await page.getByRole('button', { name: 'Create account' }).click()
    await page.getByRole('heading', { name: 'Create your first project' }).waitFor()
    assert.match(page.url(), /\/projects\/new$/)
  })

  test('a project takes its time zone and currency from the browser', async ({ assert }) => {
    assert.equal(
      await page.getByRole('combobox', { name: 'Currency' }).inputValue(),
      'GBP — British Pound'
    )
    assert.match(
      await page.getByRole('combobox', { name: 'Time zone' }).inputValue(),
      /^Europe\/London/
    )
    await page.getByLabel('Name').fill('Online Retail')
    await page.getByRole('button', { name: 'Create project' }).click()
    await page.getByRole('heading', { name: 'Your dashboard is waiting for data' }).waitFor()
  })

  test('a file that is no table, and one without the needed columns, are not sent', async ({
    assert,
  }) => {
    await page.getByRole('link', { name: 'Import a file' }).click()
    await chooseFile(page, { name: 'photo.csv', text: '\u0089PNG\u0000\u0001' })
    await page.getByRole('alert').getByText('This is not a text file').waitFor()
    await chooseFile(page, {
      name: 'wrong.csv',
      text: 'order_id,ordered_at,colour\n1,2024-01-01,red\n',
    })
    await page.getByText('Choose columns for: Total').waitFor()
    assert.isTrue(await page.getByRole('button', { name: 'Start the import' }).isDisabled())
    await page.getByRole('button', { name: 'Other file' }).click()
  })

  test('the real file is imported with a suggested and an own rule', async ({ assert }) => {
    await page.locator('input[type=file]').setInputFiles(retail)
    assert.equal(await page.getByRole('combobox', { name: 'Order ID' }).inputValue(), 'InvoiceNo')
    assert.equal(await page.getByRole('combobox', { name: 'Unit price' }).inputValue(), 'UnitPrice')
    await page.getByText(/catches \d+ of the first/).waitFor()
    await page.getByRole('button', { name: 'Add a rule' }).click()
    await page.getByLabel('Value', { exact: true }).last().fill('A')
    await page.getByRole('button', { name: 'Start the import' }).click()
    await page.getByRole('heading', { name: 'Import finished' }).waitFor({ timeout: 90_000 })
    const counts = await page.locator('dl').innerText()
    assert.deepEqual(counts.split('\n').filter(Boolean), [
      'Rows read',
      '541,909',
      'Loaded',
      '541,906',
      'Skipped',
      '3',
      'Rejected',
      '0',
    ])
  })

  test('the dashboard shows what the shop earned, to the penny', async ({ assert }) => {
    await page.getByRole('link', { name: 'Open the dashboard' }).click()
    await tile(page, 'revenue').getByText('£9,758,809.99').waitFor()
    await tile(page, 'orders').getByText('19,959', { exact: true }).waitFor()
    await tile(page, 'customers').getByText('4,338', { exact: true }).waitFor()
    await tile(page, 'refunds').getByText('£896,812.49').waitFor()
    assert.include(await tile(page, 'cost').innerText(), 'No ad spend')
    assert.include(await page.getByRole('main').innerText(), '1 Dec 2010')
    await page.getByRole('img', { name: 'Revenue over time' }).locator('svg').waitFor()
    const first = await page.getByRole('table').locator('tbody tr').first().innerText()
    assert.include(first, 'United Kingdom')
  })

  test('a row becomes a filter, which stands in the address', async ({ assert }) => {
    const before = await tableRow(page, 'Germany').getByRole('button').nth(1).innerText()
    await page.getByRole('button', { name: 'Germany', exact: true }).click()
    await tile(page, 'revenue').getByText(before).waitFor()
    assert.include(page.url(), 'f.country=Germany')
    await page.reload()
    await tile(page, 'revenue').getByText(before).waitFor()
    await page.getByRole('button', { name: 'Remove the filter Country' }).click()
    await tile(page, 'revenue').getByText('£9,758,809.99').waitFor()
  })

  test('periods are compared', async ({ assert }) => {
    const { pathname } = new URL(page.url())
    await page.goto(`${pathname}?from=2011-09-01&to=2011-11-30&compare=previous_period`)
    await tile(page, 'revenue').getByText('£3,552,148.54').waitFor()
    assert.match(await tile(page, 'revenue').innerText(), /\+73\.6%/)
    await page.getByText('2 Jun – 31 Aug 2011').waitFor()
  })

  test('a figure explains itself', async ({ assert }) => {
    await tile(page, 'revenue').hover()
    await page.getByRole('button', { name: 'Where Revenue comes from' }).first().click()
    const drawer = page.getByRole('dialog', { name: 'Revenue' })
    await drawer.getByText('£3,552,148.54').waitFor()
    await drawer.getByText('gross_sales − discounts − refunds').waitFor()
    assert.match(await drawer.locator('pre').innerText(), /^SELECT[\s\S]*\{date_from:Date\}/)
    assert.include(await drawer.locator('dl').innerText(), '2011-09-01')
    await page.keyboard.press('Escape')
    await drawer.waitFor({ state: 'hidden' })
  })

  test('rejected rows are listed with their reasons', async ({ assert }) => {
    await page.getByRole('link', { name: 'Imports' }).click()
    await page.getByRole('link', { name: 'New import' }).click()
    const rows = [
      'order_id,ordered_at,total',
      'A1,2024-02-30,10',
      'A2,2024-02-28,ten',
      'A3,2024-02-28,5',
    ]
    await chooseFile(page, { name: 'bad.csv', text: `${rows.join('\n')}\n` })
    await page.getByRole('button', { name: 'Start the import' }).click()
    await page.getByRole('heading', { name: 'Rejected rows' }).waitFor()
    const table = await page.getByRole('table').innerText()
    assert.match(table, /2\s+Order time/)
    assert.match(table, /3\s+Total/)
    const download = page.waitForEvent('download')
    await page.getByRole('button', { name: 'Download rejected rows' }).click()
    assert.equal((await download).suggestedFilename(), 'bad-rejected.csv')
  })

  test('a colleague joins by a link and may look but not change', async ({ assert }) => {
    await page.getByRole('link', { name: 'Settings', exact: true }).click()
    await page.getByLabel('Add somebody by e-mail').fill('ada@example.com')
    await page.getByRole('button', { name: 'Add', exact: true }).click()
    const link = await page.locator('pre').innerText()
    const theirs = await openContext(browser, server.url)
    const other = await theirs.newPage()
    await other.goto(link)
    assert.equal(await other.getByLabel('E-mail').inputValue(), 'ada@example.com')
    await other.getByLabel('Name').fill('Ada Byron')
    await other.getByLabel('Password', { exact: true }).fill(person.password)
    await other.getByRole('button', { name: 'Create account' }).click()
    await tile(other, 'revenue').waitFor()
    await other.getByRole('link', { name: 'Imports' }).click()
    await other.getByRole('link', { name: 'online-retail' }).waitFor()
    assert.equal(await other.getByRole('link', { name: 'New import' }).count(), 0)
    await theirs.close()
  })

  test('the app speaks Russian and turns dark, and stays so', async ({ assert }) => {
    await page.goto('/settings')
    await page.getByText('Dark', { exact: true }).click()
    await page.getByRole('combobox', { name: 'Language' }).click()
    await page.getByRole('option', { name: 'Русский' }).click()
    await page.getByRole('heading', { name: 'Настройки аккаунта' }).waitFor()
    await page.goto('/')
    await page.getByRole('heading', { name: 'Дашборд' }).waitFor()
    await page.goto(`${new URL(page.url()).pathname}?period=all`)
    await tile(page, 'revenue').getByText('Выручка').waitFor()
    const html = page.locator('html')
    assert.equal(await html.getAttribute('lang'), 'ru')
    assert.equal(await html.getAttribute('data-mantine-color-scheme'), 'dark')
    await page.goto(`${new URL(page.url()).pathname}?from=2010-12-01&to=2011-12-09`)
    await tile(page, 'orders')
      .getByText(/^19\s959$/)
      .waitFor()
    assert.include(plain(await tile(page, 'revenue').innerText()), '9 758 809,99 £')
  })

  test('a phone gets the same dashboard', async ({ assert }) => {
    await page.setViewportSize({ width: 390, height: 844 })
    await tile(page, 'revenue').waitFor()
    const overflow = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth
    )
    assert.equal(overflow, 0)
    await page.setViewportSize({ width: 1440, height: 900 })
  })

  test('two tabs share a session, and end it together', async () => {
    const second = await context.newPage()
    await second.goto('/')
    // Each load needs a new access token, and both tabs ask for it at the same moment.
    for (let round = 0; round < 5; round += 1) {
      await Promise.all([page.reload(), second.reload()])
      await second.getByRole('heading', { name: 'Дашборд' }).waitFor()
      await page.getByRole('heading', { name: 'Дашборд' }).waitFor()
    }
    await second.getByRole('button', { name: 'Ваш аккаунт' }).click()
    await second.getByRole('menuitem', { name: 'Выйти' }).click()
    await page.getByRole('heading', { name: 'Вход' }).waitFor()
    await second.close()
  })

  test('a wrong password is refused in words', async () => {
    const stranger = await openContext(browser, server.url)
    const other = await stranger.newPage()
    await signIn(other, 'not the password')
    await other.getByRole('alert').getByText('E-mail or password is wrong').waitFor()
    await signIn(other)
    await other.getByRole('heading', { name: 'Dashboard' }).waitFor()
    await other.goto('/p/999/dashboard')
    await other.getByText('You have no access here').waitFor()
    await stranger.close()
  })

  test('nothing was complained about on the way', ({ assert }) => {
    assert.deepEqual(complaints, [])
  })
})
