import { z } from 'zod'
import { columnsFor } from '../columns.ts'
import { Money, Quantity } from '../money.ts'
import { Day, Instant } from '../time.ts'
import { amount, count, ONE_CURRENCY, oneCurrency, required, text } from './shared.ts'

/** What one ad (or campaign, where that is the grain) cost and claims on one day. */
export const AdSpendDaily = z
  .strictObject({
    /** The account's own day, never shifted to another time zone. */
    date: Day,
    accountId: text,
    accountName: text,
    campaignId: text,
    campaignName: text,
    adGroupId: text,
    adGroupName: text,
    adId: text,
    adName: text,
    /** Source and medium that the platform's clicks arrive with; absent: by the project's rules. */
    source: text,
    medium: text,
    country: text,
    device: text,
    cost: Money,
    impressions: count.nullish(),
    clicks: count.nullish(),
    /** Conversions as the platform claims them, possibly fractional. */
    conversions: Quantity.nullish(),
    /** Value of the claimed conversions. */
    conversionValue: amount,
  })
  .refine(oneCurrency, ONE_CURRENCY)
export type AdSpendDaily = z.infer<typeof AdSpendDaily>

export const adSpendDailyColumns = columnsFor<AdSpendDaily>((c) => [
  c.date('date', (r) => r.date),
  c.string('account_id', (r) => r.accountId),
  c.string('account_name', (r) => r.accountName),
  c.string('campaign_id', (r) => r.campaignId),
  c.string('campaign_name', (r) => r.campaignName),
  c.string('ad_group_id', (r) => r.adGroupId),
  c.string('ad_group_name', (r) => r.adGroupName),
  c.string('ad_id', (r) => r.adId),
  c.string('ad_name', (r) => r.adName),
  c.string('source', (r) => r.source),
  c.string('medium', (r) => r.medium),
  c.string('country', (r) => r.country),
  c.string('device', (r) => r.device),
  c.amount('cost', (r) => r.cost),
  c.count('impressions', (r) => r.impressions),
  c.count('clicks', (r) => r.clicks),
  c.decimal('conversions', (r) => r.conversions),
  c.amount('conversion_value', (r) => r.conversionValue),
  c.currency((r) => [r.cost]),
])

const structure = {
  externalId: required,
  name: text,
  /** Status in the vendor's words. */
  status: text,
  accountId: text,
  updatedAt: Instant.nullish(),
}

/** A campaign as it is set up. */
export const Campaign = z.strictObject({
  ...structure,
  accountName: text,
  /** Objective or type in the vendor's words. */
  objective: text,
  startDate: Day.nullish(),
  endDate: Day.nullish(),
  dailyBudget: amount,
})
export type Campaign = z.infer<typeof Campaign>

export const campaignColumns = columnsFor<Campaign>((c) => [
  c.string('campaign_id', (r) => r.externalId),
  c.string('campaign_name', (r) => r.name),
  c.string('status', (r) => r.status),
  c.string('account_id', (r) => r.accountId),
  c.optionalTime('updated_at', (r) => r.updatedAt),
  c.string('account_name', (r) => r.accountName),
  c.string('objective', (r) => r.objective),
  c.optionalDate('start_date', (r) => r.startDate),
  c.optionalDate('end_date', (r) => r.endDate),
  c.optionalAmount('daily_budget', (r) => r.dailyBudget),
  c.currency((r) => [r.dailyBudget]),
])

/** An ad group (Google) or ad set (Meta). */
export const AdGroup = z.strictObject({ ...structure, campaignId: required })
export type AdGroup = z.infer<typeof AdGroup>

export const adGroupColumns = columnsFor<AdGroup>((c) => [
  c.string('ad_group_id', (r) => r.externalId),
  c.string('ad_group_name', (r) => r.name),
  c.string('status', (r) => r.status),
  c.string('account_id', (r) => r.accountId),
  c.optionalTime('updated_at', (r) => r.updatedAt),
  c.string('campaign_id', (r) => r.campaignId),
])

/** One ad. */
export const Ad = z.strictObject({
  ...structure,
  campaignId: text,
  adGroupId: text,
  /** URL that a click opens, macros unexpanded. */
  finalUrl: text,
})
export type Ad = z.infer<typeof Ad>

export const adColumns = columnsFor<Ad>((c) => [
  c.string('ad_id', (r) => r.externalId),
  c.string('ad_name', (r) => r.name),
  c.string('status', (r) => r.status),
  c.string('account_id', (r) => r.accountId),
  c.optionalTime('updated_at', (r) => r.updatedAt),
  c.string('campaign_id', (r) => r.campaignId),
  c.string('ad_group_id', (r) => r.adGroupId),
  c.string('final_url', (r) => r.finalUrl),
])
