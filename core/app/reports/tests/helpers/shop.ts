import type { AdSpendDaily, Order, OrderLine, Refund } from '@analyticaflow/sdk'
import { deliver } from '#warehouse/tests/helpers/publishing'
import type { RefreshSettings } from '#warehouse/public'

const source = (integrationId: string, sourceType: string) => ({
  integrationId,
  sourceType,
  namespace: integrationId,
  rank: 1,
})

/** A shop and two ad platforms. */
export const shopSettings: RefreshSettings = {
  timezone: 'UTC',
  currency: 'EUR',
  sources: [source('1', 'shop'), source('2', 'ads_a'), source('3', 'ads_b')],
}

const eur = (amount: string) => ({ amount, currency: 'EUR' })

interface Item {
  product: string
  gross: string
  discount?: string
}

/** An order whose total is what its parts add up to; times are noon, UTC. */
export function order(
  externalId: string,
  day: string,
  total: string,
  items: readonly Item[],
  more: Partial<Order> = {}
): Order {
  return {
    externalId,
    at: `${day}T12:00:00Z`,
    total: eur(total),
    lines: items.map(({ product, gross, discount }) => ({
      productId: product,
      productName: `Name of ${product}`,
      quantity: '1',
      gross: eur(gross),
      discount: eur(discount ?? '0'),
    })),
    ...more,
  }
}

const google = { utmSource: 'google', utmMedium: 'cpc', utmCampaign: 'summer_sale' }

export const orders: readonly Order[] = [
  order(
    'A1',
    '2024-01-10',
    '113',
    [
      { product: 'p1', gross: '60', discount: '10' },
      { product: 'p2', gross: '40' },
    ],
    {
      customerId: 'anna',
      country: 'DE',
      discount: eur('10'),
      tax: eur('18'),
      shipping: eur('5'),
      fees: eur('2.5'),
      ...google,
    }
  ),
  order('A2', '2024-01-20', '60', [{ product: 'p1', gross: '50' }], {
    customerId: 'bob',
    country: 'DE',
    tax: eur('10'),
    utmSource: 'google',
    utmMedium: 'organic',
  }),
  order('A3', '2024-02-05', '80', [{ product: 'p2', gross: '80' }], {
    customerId: 'anna',
    country: 'FR',
    coupon: 'SPRING',
    utmSource: 'newsletter',
    utmMedium: 'email',
    utmCampaign: 'news',
  }),
  // Nobody is known for it, and nothing of where it came from.
  order('A4', '2024-02-10', '30', [{ product: 'p3', gross: '30' }]),
  order('A5', '2024-02-11', '500', [], { customerId: 'carl', country: 'DE', isCancelled: true }),
  order('A6', '2024-02-12', '999', [], { customerId: 'fay', country: 'DE', isTest: true }),
  {
    externalId: 'A7',
    at: '2024-02-13T12:00:00Z',
    total: { amount: '70', currency: 'USD' },
    customerId: 'dora',
    country: 'US',
  },
  // Sums to zero: no transaction, but gross sales and a discount.
  order('A8', '2024-02-14', '0', [{ product: 'p3', gross: '20', discount: '20' }], {
    customerId: 'eve',
    country: 'DE',
    discount: eur('20'),
  }),
]

export const refunds: readonly Refund[] = [
  {
    externalId: 'R1',
    orderId: 'A1',
    at: '2024-02-03T12:00:00Z',
    amount: eur('30'),
    lines: [{ productId: 'p2', amount: eur('30') }],
  },
  // Free-standing, on the customer.
  {
    externalId: 'R2',
    at: '2024-02-20T12:00:00Z',
    amount: eur('5'),
    customerId: 'bob',
    country: 'DE',
  },
]

const spend = (date: string, cost: string, more: Partial<AdSpendDaily>): AdSpendDaily => ({
  date,
  cost: eur(cost),
  ...more,
})

const summer = {
  campaignName: 'Summer Sale',
  adGroupName: 'g1',
  adId: '77',
  adName: 'x1',
  source: 'google',
  medium: 'cpc',
  country: 'DE',
}
export const spendOfA: readonly AdSpendDaily[] = [
  spend('2024-01-10', '40', {
    ...summer,
    impressions: 1000,
    clicks: 50,
    conversions: '2',
    conversionValue: eur('100'),
  }),
  spend('2024-01-11', '20', { ...summer, impressions: 1000, clicks: 10 }),
]
export const spendOfB: readonly AdSpendDaily[] = [
  spend('2024-02-01', '25', {
    campaignName: 'Winter | Promo',
    source: 'facebook',
    impressions: 500,
    clicks: 5,
    conversions: '1',
    conversionValue: eur('70'),
  }),
]

/** Loads the shop into a project. */
export async function seedShop(projectId: string, settings = shopSettings): Promise<void> {
  const shop = { projectId, integrationId: '1' }
  await deliver(
    { ...shop, kind: 'order', rows: orders, key: ({ externalId }) => externalId },
    settings
  )
  await deliver(
    { ...shop, kind: 'refund', rows: refunds, key: ({ externalId }) => externalId },
    settings
  )
  const ads = { projectId, kind: 'ad_spend_daily' as const, key: ({ date }: AdSpendDaily) => date }
  await deliver({ ...ads, integrationId: '2', rows: spendOfA }, settings)
  await deliver({ ...ads, integrationId: '3', rows: spendOfB }, settings)
}

/** Order lines of a file, for cases of their own. */
export async function seedLines(
  projectId: string,
  rows: readonly OrderLine[],
  settings = shopSettings
): Promise<void> {
  await deliver({ projectId, integrationId: '1', kind: 'order_line', rows }, settings)
}
