import { z } from 'zod'
import { columnsFor, type Column } from '../columns.ts'
import { Instant } from '../time.ts'
import { amount, count, origin, person, required, text } from './shared.ts'

const visit = {
  externalId: required,
  at: Instant,
  ...person,
  ...origin,
  country: text,
  device: text,
}
type Visit = z.infer<z.ZodObject<typeof visit>>

const visitColumns = columnsFor<Visit>((c) => [
  c.string('customer_id', (r) => r.customerId),
  c.string('client_id', (r) => r.clientId),
  c.string('email', (r) => r.email),
  c.string('phone', (r) => r.phone),
  c.string('channel', (r) => r.channel),
  c.string('source', (r) => r.source),
  c.string('medium', (r) => r.medium),
  c.string('campaign', (r) => r.campaign),
  c.string('campaign_id', (r) => r.campaignId),
  c.string('content', (r) => r.content),
  c.string('term', (r) => r.term),
  c.string('click_id', (r) => r.clickId),
  c.string('referrer', (r) => r.referrer),
  c.string('landing_page', (r) => r.landingPage),
  c.string('country', (r) => r.country),
  c.string('device', (r) => r.device),
])

/** A contact with marketing that did not come as a session: imported, or kept by a shop or CRM. */
export const Touchpoint = z.strictObject({
  ...visit,
  /** The order or deal that the vendor ties it to. */
  orderId: text,
})
export type Touchpoint = z.infer<typeof Touchpoint>

export const touchpointColumns: readonly Column<Touchpoint>[] = columnsFor<Touchpoint>((c) => [
  c.string('touchpoint_id', (r) => r.externalId),
  c.time('occurred_at', (r) => r.at),
  ...visitColumns,
  c.string('order_id', (r) => r.orderId),
])

/** One visit to the site. */
export const Session = z.strictObject({
  ...visit,
  endedAt: Instant.nullish(),
  pageViews: count.nullish(),
})
export type Session = z.infer<typeof Session>

export const sessionColumns: readonly Column<Session>[] = columnsFor<Session>((c) => [
  c.string('session_id', (r) => r.externalId),
  c.time('started_at', (r) => r.at),
  c.optionalTime('ended_at', (r) => r.endedAt),
  ...visitColumns,
  c.count('page_views', (r) => r.pageViews),
])

/** A phone call, from call tracking or the CRM. */
export const Call = z.strictObject({
  ...visit,
  direction: z.enum(['inbound', 'outbound']).nullish(),
  isAnswered: z.boolean().nullish(),
  durationSeconds: count.nullish(),
  dealId: text,
})
export type Call = z.infer<typeof Call>

export const callColumns: readonly Column<Call>[] = columnsFor<Call>((c) => [
  c.string('call_id', (r) => r.externalId),
  c.time('called_at', (r) => r.at),
  ...visitColumns,
  c.string('direction', (r) => r.direction),
  c.optionalFlag('is_answered', (r) => r.isAnswered),
  c.count('duration_seconds', (r) => r.durationSeconds),
  c.string('deal_id', (r) => r.dealId),
])

/** Anything else that happened and is worth counting. */
export const CustomEvent = z.strictObject({
  ...visit,
  /** Name of the event in snake_case. */
  name: required,
  value: amount,
  /** URL of the page it happened on. */
  url: text,
  attributes: z.record(z.string(), z.string()).nullish(),
})
export type CustomEvent = z.infer<typeof CustomEvent>

export const customEventColumns: readonly Column<CustomEvent>[] = columnsFor<CustomEvent>((c) => [
  c.string('event_id', (r) => r.externalId),
  c.time('occurred_at', (r) => r.at),
  c.string('event_name', (r) => r.name),
  ...visitColumns,
  c.string('url', (r) => r.url),
  c.optionalAmount('value', (r) => r.value),
  c.currency((r) => [r.value]),
  c.map('attributes', (r) => r.attributes),
])
