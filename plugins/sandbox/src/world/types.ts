import type { Product, Variant } from './catalogue.ts'

/** Somebody who shops: the same one who clicks ads, visits and orders. */
export interface Person {
  /** Day of arrival and number within it. */
  key: [day: number, index: number]
  id: number
  email: string
  name: { first: string; last: string }
  country: string
  devices: Device[]
}

export interface Device {
  /** What a cookie of the shop says. */
  clientId: string
  kind: 'mobile' | 'desktop'
}

/** Money of a campaign that was spent on this person. */
export interface Click {
  at: number
  campaignId: number
  adId: number
  clickId: string
}

export interface Visit {
  at: number
  deviceIndex: number
  source: string | null
  medium: string | null
  campaign: string | null
  content: string | null
  term: string | null
  campaignId: number | null
  landingPage: string
  referrer: string | null
  pages: number
}

export interface Line {
  id: number
  product: Product
  variant: Variant
  quantity: number
  /** What one costs on the page: with tax where the order's prices include it. */
  unitCents: number
  discountCents: number
  taxCents: number
}

export interface Refund {
  id: number
  at: number
  lines: { lineIndex: number; quantity: number; subtotalCents: number; taxCents: number }[]
  shippingCents: number
  /** Everything that was given back: lines, tax and shipping. */
  totalCents: number
}

/** An order with all that will ever happen to it; what is known at a time follows from the times. */
export interface Order {
  number: number
  id: number
  at: number
  person: Person | null
  /** Index of the purchase among those of the person. */
  ordinal: number
  channel: 'web' | 'pos'
  country: string
  isTest: boolean
  areTaxesIncluded: boolean
  discountCode: string | null
  lines: Line[]
  shippingCents: number
  /** The customer's own currency and what one unit of the shop's is worth in it. */
  presentment: { currency: string; rate: number }
  paidAt: number
  feeCents: number
  cancelledAt: number | null
  refunds: Refund[]
  /** When the shop has worked out the visits before it. */
  journeyReadyAt: number
  /** Visits of the ordering device in the 30 days before. */
  journey: Visit[]
  deviceIndex: number
}

/** All that one person ever does. */
export interface Life {
  person: Person
  clicks: Click[]
  visits: Visit[]
  orders: Order[]
}

export interface WorldOptions {
  seed: number
  /** The shop's first day, `YYYY-MM-DD`. */
  from: string
  /** People a day who begin to look around. */
  peoplePerDay: number
  adsPerGroup: number
}
