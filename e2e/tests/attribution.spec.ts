import { test } from '@japa/runner'
import { cells, tableRow } from '../helpers/pages.ts'
import { newProject, useShop } from '../helpers/shop.ts'

/**
 * Ann: Paid Search, Email, Direct, then 90. Bob: Paid Social, Paid Search, then 60. Nobody knows how the
 * order of 40 came about, and Dan has looked around only.
 */
const FILES = {
  touchpoints: [
    'occurred_at,client_id,source,medium,campaign',
    '2024-03-01 10:00,ann,google,cpc,boots',
    '2024-03-05 10:00,ann,newsletter,email,weekly',
    '2024-03-09 10:00,ann,(direct),(none),',
    '2024-03-02 10:00,bob,facebook,paid_social,spring',
    '2024-03-06 10:00,bob,google,cpc,boots',
    '2024-03-03 10:00,dan,google,organic,',
  ].join('\n'),
  orders: [
    'order_id,ordered_at,client_id,total',
    'A-1,2024-03-10 12:00,ann,90',
    'B-1,2024-03-08 12:00,bob,60',
    'C-1,2024-03-07 12:00,,40',
  ].join('\n'),
  ad_spend: ['date,source,medium,campaign,cost', '2024-03-01,google,cpc,boots,30'].join('\n'),
}
const MARCH = 'from=2024-03-01&to=2024-03-31'
const MODELS = 'models=last_non_direct,first_touch,linear,shapley'

test.group('Attribution in the browser', (group) => {
  group.bail()
  group.tap((one) => one.timeout(60_000))
  const shop = useShop(group)
  let project = ''

  test('shows what each channel deserves under models side by side', async ({ assert }) => {
    project = await newProject(shop.api, 'Boots', FILES)
    const { page } = shop
    await page.goto(`/p/${project}/attribution?${MARCH}&${MODELS}`)
    await tableRow(page, 'Paid Search').waitFor()
    // Channel, spend, last non-direct, first touch, linear, Shapley.
    assert.deepEqual(await cells(page, 'Paid Search'), ['€30', '€60', '€90', '€60', '€60'])
    assert.deepEqual(await cells(page, 'Email'), ['€0', '€90', '€0', '€30', '€30'])
    assert.deepEqual(await cells(page, 'Direct'), ['€0', '€0', '€0', '€30', '€30'])
    assert.deepEqual(await cells(page, 'Paid Social'), ['€0', '€0', '€60', '€30', '€30'])
    assert.deepEqual(await cells(page, 'Unattributed'), ['€0', '€40', '€40', '€40', '€40'])
    assert.deepEqual(await cells(page, 'Total'), ['€30', '€190', '€190', '€190', '€190'])
    await page.getByRole('img', { name: 'Revenue by model' }).locator('svg').waitFor()
  })

  test('the return on spend follows from the credits', async ({ assert }) => {
    const { page } = shop
    await page.getByText('ROAS', { exact: true }).click()
    await tableRow(page, 'Paid Search').getByText('3.00').waitFor()
    assert.deepEqual((await cells(page, 'Paid Search')).slice(0, 3), ['€30', '2.00', '3.00'])
  })

  test('lists single credits, each with a way to its order', async ({ assert }) => {
    const { page } = shop
    await page.getByRole('button', { name: 'Show conversions' }).click()
    await page.getByRole('link', { name: 'A-1' }).waitFor()
    assert.include(await page.getByRole('main').innerText(), 'without a touch')
  })

  test('draws the ways to conversions', async () => {
    const { page } = shop
    await page.getByRole('link', { name: 'Journeys' }).click()
    await page.goto(`/p/${project}/journeys?${MARCH}`)
    const flow = page.getByRole('img', { name: 'Flow of paths' })
    await flow.locator('svg').getByText('Paid Search').first().waitFor()
    await flow.locator('svg').getByText('Conversion').waitFor()
    await page.getByText('Table', { exact: true }).click()
    await page.getByRole('cell', { name: 'Paid Social' }).first().waitFor()
  })

  test('explains an order touch by touch, by each model', async ({ assert }) => {
    const { page } = shop
    await page.getByLabel('Order number').fill('A-1')
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'Order A-1' }).waitFor()
    const matrix = page.getByRole('table').first()
    await matrix.getByText('33.3%').first().waitFor()
    assert.deepEqual(await cells(page, 'Email'), [
      ...['100.0% €90.00', '—', '—', '33.3% €30.00'],
      ...(await cells(page, 'Email')).slice(4),
    ])
    await page.getByRole('button', { name: 'First touch' }).click()
    await page.getByRole('heading', { name: 'First touch, step by step' }).waitFor()
    await page.getByText('Everything goes to the first touch.').waitFor()
  })

  test('a visit is tried under rules that are not saved', async () => {
    const { page } = shop
    await page.goto(`/p/${project}/settings/channels`)
    const visit = 'https://boots.example/?utm_source=newsletter&utm_medium=email'
    await page.getByLabel('Landing page').fill(visit)
    await page.getByRole('button', { name: 'Try', exact: true }).click()
    await page.getByText(/By standard rule \d+\./).waitFor()
    await page.getByRole('button', { name: 'Add a rule' }).click()
    await page.getByPlaceholder('Channel').fill('Letters')
    await page.getByPlaceholder('Value, Enter for another').fill('newsletter')
    await page.keyboard.press('Enter')
    await page.getByText('By your rule 1.').waitFor()
    await page.getByRole('status').getByText('Letters').waitFor()
  })

  test('a saved rule names history anew, and figures follow', async ({ assert }) => {
    const { page } = shop
    await page.getByRole('button', { name: 'Save changes' }).click()
    await page.getByText('Saved. Reports follow in a moment.').waitFor()
    await page.getByText('All of history is being named anew').waitFor({ state: 'hidden' })
    await page.goto(`/p/${project}/attribution?${MARCH}&${MODELS}`)
    await tableRow(page, 'Letters').waitFor()
    assert.deepEqual(await cells(page, 'Letters'), ['€0', '€90', '€0', '€30', '€30'])
    assert.equal(await tableRow(page, 'Email').count(), 0)
    assert.deepEqual(await cells(page, 'Total'), ['€30', '€190', '€190', '€190', '€190'])
  })

  test('nothing was complained about on the way', ({ assert }) => {
    assert.deepEqual(shop.complaints, [])
  })
})
