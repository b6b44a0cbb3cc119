import { isRunning, type Ad, type AdGroup, type Campaign } from './campaigns.ts'
import type { Zone } from './calendar.ts'
import { chance, mix, poisson, unit } from './random.ts'
import { season } from './season.ts'
import type { Click } from './types.ts'
import type { Claim } from './world.ts'

/** What one ad (or the nameless unit of Performance Max) did on one day, as known at a moment. */
export interface AdDay {
  day: number
  campaign: Campaign
  group: AdGroup
  ad: Ad
  impressions: number
  clicks: number
  costMicros: number
  conversions: number
  conversionsValue: number
}

/** Whose campaigns they are, and what people did with them. */
export interface Advertiser {
  seed: number
  zone: Zone
  firstDay: number
  campaigns: readonly Campaign[]
  clicksOn(day: number): readonly Click[]
  claimsOn(day: number): readonly Claim[]
}

const STATISTICS = 23
/** Invalid clicks are charged at first and taken back when they are found. */
const SETTLED_AFTER_DAYS = 3
const INVALID_SHARE = 0.04
/** An order is told to the platform by a tag, and counted some hours later. */
const CLAIM_DELAY = 3 * 3600
/** Days after the first on which removed ads still ran. */
const REMOVED_ADS_RAN = 200

interface Known {
  clicks: Map<number, number>
  claims: Map<number, Claim[]>
}

function knownOf(advertiser: Advertiser, day: number, now: number): Known {
  const known: Known = { clicks: new Map(), claims: new Map() }
  for (const { adId, at } of advertiser.clicksOn(day)) {
    if (at <= now) known.clicks.set(adId, (known.clicks.get(adId) ?? 0) + 1)
  }
  for (const claim of advertiser.claimsOn(day)) {
    if (claim.orderedAt + CLAIM_DELAY > now) continue
    known.claims.set(claim.adId, [...(known.claims.get(claim.adId) ?? []), claim])
  }
  return known
}

interface DayFrame {
  day: number
  /** How much of the day has passed, 0 to 1. */
  passed: number
  isSettled: boolean
  busy: number
}

function frameOf({ zone, firstDay }: Advertiser, day: number, now: number): DayFrame | null {
  const age = zone.dayAt(now) - day
  if (age < 0 || day < firstDay) return null
  const start = zone.startOf(day)
  const passed = Math.min(1, (now - start) / (zone.startOf(day + 1) - start))
  return { day, passed, isSettled: age >= SETTLED_AFTER_DAYS, busy: season(day, firstDay) }
}

const cents = (value: number): number => Math.round(value * 100) / 100

function adDay(
  frame: DayFrame,
  place: Pick<AdDay, 'campaign' | 'group' | 'ad'>,
  state: number,
  mean: number,
  known: Known
): AdDay {
  const { campaign, ad } = place
  const own = known.clicks.get(ad.id) ?? 0
  const idle = Math.floor(poisson(state, 1, mean) * frame.passed)
  const invalid = frame.isSettled ? 0 : poisson(state, 2, (own + idle) * INVALID_SHARE)
  const clicks = own + idle + invalid
  const seen = Math.floor((poisson(state, 3, mean / campaign.clickRate) + 1) * frame.passed)
  const price = campaign.cpcMicros * (0.85 + 0.3 * unit(state, 4))
  const claims = known.claims.get(ad.id) ?? []
  const sum = (part: (claim: Claim) => number) => claims.reduce((all, one) => all + part(one), 0)
  return {
    day: frame.day,
    ...place,
    impressions: Math.max(clicks, seen + Math.round(own / campaign.clickRate)),
    clicks,
    costMicros: Math.round(clicks * price),
    conversions: cents(sum(({ share }) => share)),
    conversionsValue: cents(sum(({ share, valueCents }) => (share * valueCents) / 100)),
  }
}

function* groupDays(
  advertiser: Advertiser,
  frame: DayFrame,
  campaign: Campaign,
  group: AdGroup,
  known: Known
): Generator<AdDay> {
  const weight = group.ads.reduce((sum, ad) => sum + ad.weight, 0) * campaign.groups.length
  const isLate = frame.day - advertiser.firstDay >= REMOVED_ADS_RAN
  for (const ad of group.ads) {
    if (ad.isRemoved && isLate) continue
    const state = mix(chance(advertiser.seed, STATISTICS, frame.day), ad.id % 0x7fff_ffff)
    const mean = (campaign.idleClicks * frame.busy * ad.weight) / weight
    yield adDay(frame, { campaign, group, ad }, state, mean, known)
  }
}

/** Every ad that ran or was credited on a day, one after the other. */
export function* adDaysOf(advertiser: Advertiser, day: number, now: number): Generator<AdDay> {
  const frame = frameOf(advertiser, day, now)
  if (frame === null) return
  const known = knownOf(advertiser, day, now)
  for (const campaign of advertiser.campaigns) {
    if (!isRunning(campaign, day, advertiser.firstDay)) continue
    for (const group of campaign.groups) {
      yield* groupDays(advertiser, frame, campaign, group, known)
    }
  }
}
