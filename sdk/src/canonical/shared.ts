import { z } from 'zod'
import { Money } from '../money.ts'

/** A text that may be missing; `null`, absent and '' mean the same. */
export const text = z.string().nullish()

/** A text that must be there. */
export const required = z.string().min(1)

/** An amount that may be missing. */
export const amount = Money.nullish()

/** Whole number, 0 or more. */
export const count = z.int().nonnegative()

/** Who the row is about; e-mail and phone come raw, facts keep only salted hashes of them. */
export const person = {
  /** Customer id of the shop or CRM. */
  customerId: text,
  /** First-party cookie id of the browser. */
  clientId: text,
  /** E-mail address as the vendor has it. */
  email: text,
  /** Phone number as the vendor has it, with the country code where known. */
  phone: text,
}

/** UTM parameters as they stood in the landing URL. */
export const utm = {
  utmSource: text,
  utmMedium: text,
  utmCampaign: text,
  utmContent: text,
  utmTerm: text,
}

/** Where a visit came from. */
export const origin = {
  /** Channel as named by the vendor, taken as it is; absent: the project's rules decide. */
  channel: text,
  source: text,
  medium: text,
  /** Campaign name. */
  campaign: text,
  /** Campaign id at the ad platform. */
  campaignId: text,
  content: text,
  term: text,
  /** gclid, fbclid, yclid and the like. */
  clickId: text,
  /** URL of the referring page. */
  referrer: text,
  /** URL of the first page. */
  landingPage: text,
}

const isMoney = (value: unknown): value is Money =>
  typeof value === 'object' && value !== null && 'currency' in value && 'amount' in value

/** The currency of all amounts in the value, if it is that of those before; undefined where they differ. */
function currencyOf(value: unknown, before: string): string | undefined {
  if (typeof value !== 'object' || value === null) return before
  if (isMoney(value)) return before === '' || before === value.currency ? value.currency : undefined
  let found = before
  for (const name in value) {
    const next = currencyOf((value as Record<string, unknown>)[name], found)
    if (next === undefined) return undefined
    found = next
  }
  return found
}

/** Refuses a row whose amounts differ in currency: on the wire a row has one. */
export const oneCurrency = (row: object): boolean => currencyOf(row, '') !== undefined

/** Message of {@link oneCurrency}. */
export const ONE_CURRENCY = 'All amounts of one row must be in one currency'
