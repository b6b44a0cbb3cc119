import { readFile } from 'node:fs/promises'
import { test } from '@japa/runner'
import { cells, tableRow } from '../helpers/pages.ts'
import { newProject, useShop } from '../helpers/shop.ts'

const ADDRESS = 'ann@example.com'
const FILES = {
  touchpoints: [
    'occurred_at,client_id,source,medium',
    '2024-03-01 10:00,ann,google,cpc',
    '2024-03-05 10:00,ann,newsletter,email',
    '2024-03-06 10:00,bob,google,cpc',
  ].join('\n'),
  orders: [
    'order_id,ordered_at,client_id,email,total',
    `A-1,2024-03-10 12:00,ann,${ADDRESS},90`,
    `A-2,2024-03-12 12:00,,${ADDRESS},30`,
    'B-1,2024-03-08 12:00,bob,bob@example.com,60',
  ].join('\n'),
}

test.group('A person’s data in the browser', (group) => {
  group.bail()
  group.tap((one) => one.timeout(60_000))
  const shop = useShop(group)
  let project = ''

  const find = async (value: string) => {
    const { page } = shop
    await page.goto(`/p/${project}/settings/privacy`)
    await page.getByLabel('Value').fill(value)
    await page.getByRole('button', { name: 'Find' }).click()
  }

  test('somebody is found by an address, with all that is theirs', async ({ assert }) => {
    project = await newProject(shop.api, 'Privacy', FILES)
    const { page } = shop
    await find(ADDRESS)
    await page.getByText('Customer records').or(page.getByText('Orders')).first().waitFor()
    const counts = await page.getByRole('status').locator('dl').innerText()
    assert.deepEqual(counts.split('\n').filter(Boolean), ['Orders', '2', 'Touches', '2'])
    await page.getByRole('link', { name: 'Open the time line' }).click()
    await page.getByRole('heading', { name: 'Time line' }).waitFor()
    await page.getByRole('link', { name: 'Order A-2' }).waitFor()
    assert.equal(await page.getByRole('link', { name: 'Order B-1' }).count(), 0)
  })

  test('it is exported as a file that holds it', async ({ assert }) => {
    const { page } = shop
    await find(ADDRESS)
    await page.getByRole('button', { name: 'Export' }).click()
    const download = page.waitForEvent('download')
    await page.getByRole('button', { name: 'Download' }).click({ timeout: 30_000 })
    const text = await readFile(await (await download).path(), 'utf8')
    assert.include(text, ADDRESS)
    assert.include(text, 'A-2')
    assert.notInclude(text, 'B-1')
  })

  test('it is erased for good only by who types what is to go', async ({ assert }) => {
    const { page } = shop
    await page.getByRole('button', { name: 'Erase…' }).click()
    const dialog = page.getByRole('dialog')
    const go = dialog.getByRole('button', { name: 'Erase for good' })
    assert.isTrue(await go.isDisabled())
    await dialog.getByRole('textbox').fill(ADDRESS)
    await go.click()
    await dialog.waitFor({ state: 'hidden' })
    await page.getByText('Erasure, found by: E-mail').waitFor()
    await page
      .getByRole('listitem')
      .filter({ hasText: 'Erasure' })
      .getByText('done')
      .waitFor({ timeout: 40_000 })
    await find(ADDRESS)
    await page.getByText('Nothing is stored about them.').waitFor()
  })

  test('and no total has moved', async ({ assert }) => {
    const { page } = shop
    await page.goto(`/p/${project}/attribution?from=2024-03-01&to=2024-03-31&models=linear`)
    await tableRow(page, 'Total').waitFor()
    assert.include(await cells(page, 'Total'), '€180')
    await page.goto(`/p/${project}/orders/A-2`)
    await page.getByRole('heading', { name: 'There is no order A-2' }).waitFor()
  })

  test('nothing was complained about on the way', ({ assert }) => {
    assert.deepEqual(shop.complaints, [])
  })
})
