import { z } from '@analyticaflow/sdk'
import type { AdDay, CampaignDay } from './answers.ts'

const Micros = z.string().regex(/^-?\d+$/)

/**
 * A day of an ad, or what a campaign had on a day beyond its ads: all of it where it has none. The names
 * of the fields are ours, what they hold is Google's.
 */
export const Day = z.object({
  date: z.iso.date(),
  account_id: z.string(),
  account_name: z.string(),
  currency: z.string(),
  campaign_id: z.string(),
  campaign_name: z.string(),
  channel_type: z.string(),
  /** '' in the rest of a campaign. */
  ad_group_id: z.string(),
  ad_group_name: z.string(),
  ad_id: z.string(),
  ad_name: z.string(),
  cost_micros: Micros,
  impressions: Micros,
  clicks: Micros,
  conversions: z.number(),
  conversions_value: z.number(),
})
export type Day = z.infer<typeof Day>

const shared = ({ segments, customer, campaign, metrics }: CampaignDay) => ({
  date: segments.date,
  account_id: customer.id,
  account_name: customer.descriptiveName,
  currency: customer.currencyCode,
  campaign_id: campaign.id,
  campaign_name: campaign.name,
  channel_type: campaign.advertisingChannelType,
  cost_micros: metrics.costMicros,
  impressions: metrics.impressions,
  clicks: metrics.clicks,
  conversions: metrics.conversions,
  conversions_value: metrics.conversionsValue,
})

export const dayOfAd = (day: AdDay): Day => ({
  ...shared(day),
  ad_group_id: day.adGroup.id,
  ad_group_name: day.adGroup.name,
  ad_id: day.adGroupAd.ad.id,
  ad_name: day.adGroupAd.ad.name,
})

export const dayOfCampaign = (day: CampaignDay): Day => ({
  ...shared(day),
  ad_group_id: '',
  ad_group_name: '',
  ad_id: '',
  ad_name: '',
})

/** Sums of doubles leave dust behind. */
const PLACES = 6
const clean = (value: number): number => Number(value.toFixed(PLACES)) || 0

interface Figures {
  cost: bigint
  impressions: bigint
  clicks: bigint
  conversions: number
  value: number
}

const figuresOf = (day: Day): Figures => ({
  cost: BigInt(day.cost_micros),
  impressions: BigInt(day.impressions),
  clicks: BigInt(day.clicks),
  conversions: day.conversions,
  value: day.conversions_value,
})

const nothing = (): Figures => ({
  cost: 0n,
  impressions: 0n,
  clicks: 0n,
  conversions: 0,
  value: 0,
})

const isNothing = ({ cost, impressions, clicks, conversions, value }: Figures): boolean =>
  cost === 0n && impressions === 0n && clicks === 0n && conversions === 0 && value === 0

/** Counts below nothing do not exist, money does: it keeps the campaign's total right. */
const atLeastNone = (count: bigint): string => String(count < 0n ? 0n : count)

/** What the ads of each campaign had on each day; as many entries as campaigns times days. */
export class AdSums {
  readonly #sums = new Map<string, Figures>()

  add(day: Day): void {
    const key = `${day.date} ${day.campaign_id}`
    const sum = this.#sums.get(key) ?? nothing()
    const more = figuresOf(day)
    sum.cost += more.cost
    sum.impressions += more.impressions
    sum.clicks += more.clicks
    sum.conversions += more.conversions
    sum.value += more.value
    this.#sums.set(key, sum)
  }

  /** What the campaign had beyond its ads; undefined where the ads say it all. */
  restOf(campaign: Day): Day | undefined {
    const sum = this.#sums.get(`${campaign.date} ${campaign.campaign_id}`) ?? nothing()
    const all = figuresOf(campaign)
    const rest = {
      cost: all.cost - sum.cost,
      impressions: all.impressions - sum.impressions,
      clicks: all.clicks - sum.clicks,
      conversions: clean(all.conversions - sum.conversions),
      value: clean(all.value - sum.value),
    }
    if (isNothing(rest)) return undefined
    return {
      ...campaign,
      cost_micros: String(rest.cost),
      impressions: atLeastNone(rest.impressions),
      clicks: atLeastNone(rest.clicks),
      conversions: rest.conversions,
      conversions_value: rest.value,
    }
  }
}
