import { test } from '@japa/runner'
import type { Page } from 'playwright-core'
import { complaintsOf } from '../helpers/browser.ts'
import { newProject, useShop } from '../helpers/shop.ts'

const FILES = {
  touchpoints: [
    'occurred_at,client_id,source,medium,campaign,landing_page',
    '2024-03-01 10:00,ann,google,cpc,a_rather_long_name_of_a_campaign_of_spring,https://shop.example/a/long/path/to/some/product/of/the/shop?utm_source=google',
    '2024-03-05 10:00,ann,newsletter,email,weekly,https://shop.example/',
  ].join('\n'),
  orders: [
    'order_id,ordered_at,client_id,email,total',
    'A-1,2024-03-10 12:00,ann,ann@example.com,1234567.89',
  ].join('\n'),
}

const MARCH = 'from=2024-03-01&to=2024-03-31'
const SCREENS = [
  `dashboard?${MARCH}&by=channel`,
  `attribution?${MARCH}&by=campaign&list=1`,
  `journeys?${MARCH}`,
  'orders/A-1',
  'orders/none',
  'integrations',
  'integrations/new',
  'integrations/new/google-ads',
  'integrations/new/shopify',
  'imports',
  'settings',
  'settings/channels',
  'settings/campaigns',
  'settings/attribution',
  'settings/identity',
  'settings/privacy',
]

const LOOKS = [
  { language: 'en', scheme: 'light' },
  { language: 'ru', scheme: 'dark' },
]

/** How far a page reaches beyond the window, once everything that it waits for is there. */
async function overflowOf(page: Page): Promise<number> {
  await page.getByRole('main').getByRole('heading', { level: 1 }).waitFor()
  await page.waitForFunction(() => document.querySelector('main .mantine-Skeleton-root') === null)
  return page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth
  )
}

/** As a link of the app does, without loading it anew. */
async function open(page: Page, path: string): Promise<void> {
  await page.evaluate((to) => {
    history.pushState({}, '', to)
    dispatchEvent(new PopStateEvent('popstate', { state: {} }))
  }, path)
}

/** How light the ground of the page is, from 0 to 255. */
const lightness = (page: Page): Promise<number> =>
  page.evaluate(() => {
    const [red = 0, green = 0, blue = 0] =
      /(\d+), (\d+), (\d+)/.exec(getComputedStyle(document.body).backgroundColor)?.slice(1) ?? []
    return (Number(red) + Number(green) + Number(blue)) / 3
  })

test.group('Every screen on a phone', (group) => {
  group.bail()
  group.tap((one) => one.timeout(90_000))
  const shop = useShop(group)

  test('fits in {language}, {scheme}')
    .with(LOOKS)
    .run(async ({ assert }, { language, scheme }) => {
      const project = await newProject(shop.api, `Phone ${language}`, FILES)
      const page = await shop.context.newPage()
      const complaints = complaintsOf(page)
      await page.setViewportSize({ width: 390, height: 844 })
      await page.addInitScript(
        (look) => {
          localStorage.setItem('af.language', look.language)
          localStorage.setItem('af.color_scheme', look.scheme)
        },
        { language, scheme }
      )
      await page.goto(`/p/${project}`)
      await page.getByRole('main').getByRole('heading', { level: 1 }).waitFor()
      for (const screen of SCREENS) {
        await open(page, `/p/${project}/${screen}`)
        assert.equal(await overflowOf(page), 0, screen)
        const isDark = (await lightness(page)) < 128
        assert.equal(isDark, scheme === 'dark', screen)
        const words = await page.getByRole('navigation').first().innerText()
        assert.equal(/[а-я]/i.test(words), language === 'ru', screen)
      }
      assert.deepEqual(complaints, [])
      await page.close()
      await shop.page.evaluate(() => {
        localStorage.removeItem('af.language')
        localStorage.removeItem('af.color_scheme')
      })
    })
})
