import { isoOf } from '../../world/calendar.ts'
import type { Order, Visit } from '../../world/types.ts'
import { whole, page, type Paging } from '../connection.ts'
import { gid } from './money.ts'

const TACTICS: Record<string, string> = {
  cpc: 'AD',
  display: 'AD',
  video: 'AD',
  email: 'NEWSLETTER',
  organic: 'SEO',
}

function utmOf(landingPage: string): Record<string, string | null> | null {
  const { searchParams } = new URL(landingPage)
  if (![...searchParams.keys()].some((name) => name.startsWith('utm_'))) return null
  const names = ['source', 'medium', 'campaign', 'content', 'term']
  return Object.fromEntries(names.map((name) => [name, searchParams.get(`utm_${name}`)]))
}

const visitView = (order: Order, visit: Visit, index: number) => ({
  __typename: 'CustomerVisit',
  id: gid('CustomerVisit', order.id * 100 + index),
  occurredAt: isoOf(visit.at),
  landingPage: visit.landingPage,
  referrerUrl: visit.referrer,
  referralCode: null,
  source: visit.source ?? 'direct',
  sourceType: TACTICS[visit.medium ?? ''] ?? null,
  sourceDescription: null,
  marketingEvent: null,
  utmParameters: utmOf(visit.landingPage),
})

const NOT_YET = {
  ready: false,
  daysToConversion: null,
  customerOrderIndex: null,
  firstVisit: null,
  lastVisit: null,
  momentsCount: null,
  moments: null,
}

/** Visits before an order; none where it was sold at the counter, and none yet right after it. */
export function journeyView(order: Order, now: number, isBulk: boolean): object | null {
  if (order.channel === 'pos') return null
  if (now < order.journeyReadyAt) return NOT_YET
  const visits = order.journey.map((visit, index) => visitView(order, visit, index))
  const start = order.journey[0]?.at ?? order.at
  const listing = {
    items: visits,
    place: ({ occurredAt, id }: (typeof visits)[number]) => ({
      value: occurredAt,
      id: Number(id.split('/').at(-1)),
    }),
    view: (visit: (typeof visits)[number]) => visit,
  }
  return {
    ready: true,
    daysToConversion: Math.floor((order.at - start) / 86_400),
    customerOrderIndex: order.isTest ? null : order.ordinal,
    firstVisit: visits[0] ?? null,
    lastVisit: visits.at(-1) ?? null,
    momentsCount: { count: visits.length, precision: 'EXACT' },
    moments: (paging: Paging) => (isBulk ? whole(listing) : page(listing, paging)),
  }
}
