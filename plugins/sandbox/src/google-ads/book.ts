import { adDaysOf, type AdDay, type Advertiser } from '../world/ad_days.ts'
import type { Campaign } from '../world/campaigns.ts'

/** Numbers that the vendor corrects afterwards. */
export interface Restatement {
  from: number
  to: number
  campaignId: number | null
  costFactor: number
  clicksFactor: number
  conversionsFactor: number
}

/** An account's campaigns and their days, with what was changed in them from outside. */
export class Book {
  readonly #advertiser: Advertiser
  readonly #names = new Map<number, string>()
  readonly #vanished = new Set<number>()
  readonly #restatements: Restatement[] = []

  constructor(advertiser: Advertiser) {
    this.#advertiser = advertiser
  }

  get firstDay(): number {
    return this.#advertiser.firstDay
  }

  get campaigns(): readonly Campaign[] {
    return this.#advertiser.campaigns.map((campaign) => this.#asKnown(campaign))
  }

  rename(campaignId: number, name: string): void {
    this.#names.set(campaignId, name)
  }

  /** The ad and all its days are gone, as if it had never been. */
  vanish(adId: number): void {
    this.#vanished.add(adId)
  }

  restate(restatement: Restatement): void {
    this.#restatements.push(restatement)
  }

  /** What every ad did on a day, as it is known now. */
  *on(day: number, now: number): Generator<AdDay> {
    const changes = this.#restatements.filter(({ from, to }) => day >= from && day <= to)
    for (const row of adDaysOf(this.#advertiser, day, now)) {
      if (this.#vanished.has(row.ad.id)) continue
      const known = { ...row, campaign: this.#named(row.campaign) }
      yield changes.reduce(restated, known)
    }
  }

  #named(campaign: Campaign): Campaign {
    const name = this.#names.get(campaign.id)
    return name === undefined ? campaign : { ...campaign, name }
  }

  #asKnown(campaign: Campaign): Campaign {
    const groups = campaign.groups.map((group) => ({
      ...group,
      ads: group.ads.filter(({ id }) => !this.#vanished.has(id)),
    }))
    return { ...this.#named(campaign), groups }
  }
}

const cents = (value: number): number => Math.round(value * 100) / 100

function restated(row: AdDay, change: Restatement): AdDay {
  if (change.campaignId !== null && change.campaignId !== row.campaign.id) return row
  const clicks = Math.round(row.clicks * change.clicksFactor)
  return {
    ...row,
    clicks,
    impressions: Math.max(row.impressions, clicks),
    costMicros: Math.round(row.costMicros * change.costFactor),
    conversions: cents(row.conversions * change.conversionsFactor),
    conversionsValue: cents(row.conversionsValue * change.conversionsFactor),
  }
}
