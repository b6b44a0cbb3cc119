import type { AdSpendDaily, Refund, Touchpoint } from '@analyticaflow/sdk'
import { deliver } from '#warehouse/tests/helpers/publishing'
import { order, shopSettings } from './shop.ts'

const eur = (amount: string) => ({ amount, currency: 'EUR' })
const key = ({ externalId }: { externalId: string }) => externalId

const visit = (day: string, customerId: string, more: Partial<Touchpoint>): Touchpoint => ({
  externalId: `${customerId} ${day}`,
  at: `${day}T12:00:00Z`,
  customerId,
  ...more,
})

const visits: readonly Touchpoint[] = [
  visit('2024-01-01', 'ann', {
    channel: 'Paid Search',
    source: 'google',
    medium: 'cpc',
    campaign: 'Brand',
    term: 'shoes',
    landingPage: 'https://shop.example/a',
  }),
  visit('2024-01-05', 'ann', { channel: 'Email', source: 'letter', medium: 'email' }),
  visit('2024-01-08', 'bob', { channel: 'Direct' }),
]

const orders = [
  order(
    'A',
    '2024-01-10',
    '97',
    [
      { product: 'p1', gross: '60', discount: '10' },
      { product: 'p2', gross: '40' },
    ],
    { customerId: 'ann', discount: eur('10'), tax: eur('7') }
  ),
  order('B', '2024-01-12', '50', [{ product: 'p1', gross: '50' }], { customerId: 'bob' }),
  // Nobody is known for it, and nothing of where it came from.
  order('C', '2024-01-20', '20', [{ product: 'p3', gross: '20' }]),
]

const refunds: readonly Refund[] = [
  {
    externalId: 'R',
    orderId: 'A',
    at: '2024-02-20T12:00:00Z',
    amount: eur('30'),
    lines: [{ productId: 'p2', amount: eur('30') }],
  },
]

const spend: readonly AdSpendDaily[] = [
  {
    date: '2024-01-02',
    cost: eur('40'),
    campaignName: 'brand!',
    source: 'google',
    medium: 'cpc',
    clicks: 4,
  },
]

/** Loads two customers with their visits, an order of nobody, a refund weeks later, and an ad. */
export async function seedCredits(projectId: string): Promise<void> {
  const shop = { projectId, integrationId: '1' }
  const ads = { projectId, integrationId: '2' }
  await deliver({ ...ads, kind: 'ad_spend_daily', rows: spend }, shopSettings)
  await deliver({ ...shop, kind: 'order', rows: orders, key }, shopSettings)
  await deliver({ ...shop, kind: 'refund', rows: refunds, key }, shopSettings)
  await deliver({ ...shop, kind: 'touchpoint', rows: visits, key }, shopSettings)
}
