import type { Canonical, Kind } from '../src/index.ts'

const eur = (amount: string) => ({ amount, currency: 'EUR' })
const at = '2026-03-29T02:30:00+01:00'
const who = {
  customerId: 'c1',
  clientId: 'x.y',
  email: 'Anna@Example.com',
  phone: '+44 20 7946 0000',
}
const from = { channel: 'Email', source: 's', medium: 'm', campaign: 'c', clickId: 'gclid:1' }

/** Two rows of each kind: one with much, one with nothing that may be missing. */
export const samples: { [K in Kind]: [Canonical[K], Canonical[K]] } = {
  order: [
    {
      externalId: '#1001',
      at,
      updatedAt: '2026-03-29T02:30:00.25Z',
      isCancelled: true,
      total: eur('1234.500000001'),
      revenue: eur('-3'),
      ...who,
      lines: [
        { productId: 'p-1', productName: "Kid's, [red]\tmug", quantity: 2, gross: eur('20.00') },
        { quantity: '0.5', gross: eur('1'), discount: eur('0.10') },
      ],
    },
    { externalId: '1', at, total: eur('0') },
  ],
  order_line: [
    {
      lineNumber: 2,
      orderId: 'o',
      type: 'refund',
      at,
      refundOf: 'p',
      quantity: -1,
      unitPrice: eur('2.5'),
      ...who,
    },
    { lineNumber: 3, orderId: 'o', type: 'sale', at, quantity: '1', unitPrice: eur('0') },
  ],
  refund: [
    {
      externalId: 'r',
      orderId: 'o',
      at,
      amount: eur('5'),
      ...{ email: who.email },
      lines: [{ amount: eur('5') }],
    },
    { externalId: 'r', at, amount: eur('5') },
  ],
  customer: [
    { externalId: 'c', at, email: who.email, tags: ['vip', "o'clock"] },
    { externalId: 'c' },
  ],
  product: [
    { externalId: 'p', unitCost: eur('3.10'), price: eur('9'), costFrom: '2026-01-01' },
    { externalId: 'p' },
  ],
  ad_spend_daily: [
    {
      date: '2026-03-29',
      campaignName: 'Spring\nSale',
      cost: eur('1.5'),
      clicks: 3,
      conversions: 3.5,
    },
    { date: '2026-03-29', cost: eur('0') },
  ],
  campaign: [
    { externalId: '1', name: 'c', startDate: '2026-01-01', dailyBudget: eur('10') },
    { externalId: '1' },
  ],
  ad_group: [
    { externalId: '1', campaignId: '2', updatedAt: at },
    { externalId: '1', campaignId: '2' },
  ],
  ad: [
    { externalId: '1', adGroupId: '2', finalUrl: 'https://shop.example/?a=b' },
    { externalId: '1' },
  ],
  touchpoint: [
    { externalId: '1', at, ...who, ...from, orderId: 'o' },
    { externalId: '1', at },
  ],
  session: [
    { externalId: '1', at, endedAt: at, ...from, pageViews: 4 },
    { externalId: '1', at },
  ],
  lead: [
    { externalId: '1', at, ...who, formId: 'f', utmSource: 's' },
    { externalId: '1', at },
  ],
  deal: [
    { externalId: '1', at, won: true, amount: eur('5'), orderId: 'o' },
    { externalId: '1', at },
  ],
  deal_stage: [
    { dealId: '1', at, stage: 'won', fromStage: 'new' },
    { dealId: '1', at, stage: 'new' },
  ],
  call: [
    { externalId: '1', at, ...who, direction: 'inbound', isAnswered: false, durationSeconds: 9 },
    { externalId: '1', at },
  ],
  custom_event: [
    { externalId: '1', at, name: 'quiz', value: eur('1'), attributes: { "k'": 'v\n', a: 'b:c,d' } },
    { externalId: '1', at, name: 'quiz' },
  ],
  exchange_rate: [
    { date: '2026-03-29', base: 'EUR', quote: 'RUB', rate: '98.12345678' },
    { date: '2026-03-29', base: 'EUR', quote: 'EUR', rate: '1' },
  ],
}
