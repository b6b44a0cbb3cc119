import { z } from 'zod'
import { columnsFor } from '../columns.ts'
import { Instant } from '../time.ts'
import { amount, ONE_CURRENCY, oneCurrency, person, required, text, utm } from './shared.ts'

/** A person or company known to the shop or CRM. */
export const Customer = z.strictObject({
  externalId: required,
  /** When the vendor first knew them. */
  at: Instant.nullish(),
  updatedAt: Instant.nullish(),
  clientId: person.clientId,
  email: person.email,
  phone: person.phone,
  country: text,
  city: text,
  tags: z.array(z.string()).nullish(),
})
export type Customer = z.infer<typeof Customer>

export const customerColumns = columnsFor<Customer>((c) => [
  c.string('customer_id', (r) => r.externalId),
  c.optionalTime('created_at', (r) => r.at),
  c.optionalTime('updated_at', (r) => r.updatedAt),
  c.string('client_id', (r) => r.clientId),
  c.string('email', (r) => r.email),
  c.string('phone', (r) => r.phone),
  c.string('country', (r) => r.country),
  c.string('city', (r) => r.city),
  c.strings('tags', (r) => r.tags),
])

/** A request for contact: a lead form of an ad platform, a form of the site, a lead of the CRM. */
export const Lead = z.strictObject({
  externalId: required,
  at: Instant,
  updatedAt: Instant.nullish(),
  status: text,
  ...person,
  /** Campaign, ad and form at the ad platform. */
  campaignId: text,
  adId: text,
  formId: text,
  ...utm,
})
export type Lead = z.infer<typeof Lead>

export const leadColumns = columnsFor<Lead>((c) => [
  c.string('lead_id', (r) => r.externalId),
  c.time('created_at', (r) => r.at),
  c.optionalTime('updated_at', (r) => r.updatedAt),
  c.string('status', (r) => r.status),
  c.string('customer_id', (r) => r.customerId),
  c.string('client_id', (r) => r.clientId),
  c.string('email', (r) => r.email),
  c.string('phone', (r) => r.phone),
  c.string('campaign_id', (r) => r.campaignId),
  c.string('ad_id', (r) => r.adId),
  c.string('form_id', (r) => r.formId),
  c.string('utm_source', (r) => r.utmSource),
  c.string('utm_medium', (r) => r.utmMedium),
  c.string('utm_campaign', (r) => r.utmCampaign),
  c.string('utm_content', (r) => r.utmContent),
  c.string('utm_term', (r) => r.utmTerm),
])

/** An opportunity in the CRM, as it stands now. */
export const Deal = z
  .strictObject({
    externalId: required,
    /** When it was opened. */
    at: Instant,
    updatedAt: Instant.nullish(),
    /** When it was won or lost. */
    closedAt: Instant.nullish(),
    pipeline: text,
    /** Stage in the vendor's words. */
    stage: text,
    /** true: won, false: lost, absent: open. */
    won: z.boolean().nullish(),
    amount,
    /** Contact id in the CRM. */
    contactId: text,
    clientId: person.clientId,
    email: person.email,
    phone: person.phone,
    /** Number of the shop's order, where the deal carries it. */
    orderId: text,
    ...utm,
  })
  .refine(oneCurrency, ONE_CURRENCY)
export type Deal = z.infer<typeof Deal>

export const dealColumns = columnsFor<Deal>((c) => [
  c.string('deal_id', (r) => r.externalId),
  c.time('created_at', (r) => r.at),
  c.optionalTime('updated_at', (r) => r.updatedAt),
  c.optionalTime('closed_at', (r) => r.closedAt),
  c.string('pipeline', (r) => r.pipeline),
  c.string('stage', (r) => r.stage),
  c.optionalFlag('won', (r) => r.won),
  c.optionalAmount('amount', (r) => r.amount),
  c.currency((r) => [r.amount]),
  c.string('contact_id', (r) => r.contactId),
  c.string('client_id', (r) => r.clientId),
  c.string('email', (r) => r.email),
  c.string('phone', (r) => r.phone),
  c.string('order_id', (r) => r.orderId),
  c.string('utm_source', (r) => r.utmSource),
  c.string('utm_medium', (r) => r.utmMedium),
  c.string('utm_campaign', (r) => r.utmCampaign),
  c.string('utm_content', (r) => r.utmContent),
  c.string('utm_term', (r) => r.utmTerm),
])

/** A step of a deal from one stage to another. */
export const DealStage = z.strictObject({
  dealId: required,
  /** When the deal entered the stage. */
  at: Instant,
  stage: required,
  /** The stage before; absent: unknown, or the first. */
  fromStage: text,
  pipeline: text,
})
export type DealStage = z.infer<typeof DealStage>

export const dealStageColumns = columnsFor<DealStage>((c) => [
  c.string('deal_id', (r) => r.dealId),
  c.time('entered_at', (r) => r.at),
  c.string('stage', (r) => r.stage),
  c.string('from_stage', (r) => r.fromStage),
  c.string('pipeline', (r) => r.pipeline),
])
