/**
 * How one touch of a person comes about: a driver (a campaign, or a way that costs nothing) at a
 * stage of the purchase; where the driver is a campaign that does not run, the way that the same
 * person would have taken instead, or none.
 */
import { isRunning, type Ad, type Campaign, type Reach } from './campaigns.ts'
import { PRODUCTS } from './catalogue.ts'
import { mix, pick, unit } from './random.ts'
import type { Click, Visit } from './types.ts'

export type Stage = keyof Reach

export interface Market {
  campaigns: readonly Campaign[]
  firstDay: number
  /** Campaigns that are thought away. */
  without: ReadonlySet<number>
  /** How readily each driver is met: the campaigns, then the ways that cost nothing. */
  weights: Record<Stage, number[]>
}

interface FreeWay {
  source: string | null
  medium: string | null
  referrer: string | null
  reach: Reach
  lift: number
}

const FREE_WAYS: FreeWay[] = [
  {
    source: 'google',
    medium: 'organic',
    referrer: 'https://www.google.com/',
    reach: { first: 0.2, later: 0.12, known: 0.1 },
    lift: 0.1,
  },
  {
    source: null,
    medium: null,
    referrer: null,
    reach: { first: 0.08, later: 0.22, known: 0.26 },
    lift: 0.13,
  },
  {
    source: 'newsletter',
    medium: 'email',
    referrer: null,
    reach: { first: 0, later: 0.02, known: 0.34 },
    lift: 0.15,
  },
  {
    source: 'brewing-journal.example',
    medium: 'referral',
    referrer: 'https://brewing-journal.example/reviews',
    reach: { first: 0.07, later: 0.02, known: 0.01 },
    lift: 0.09,
  },
  {
    source: 'instagram.com',
    medium: 'social',
    referrer: 'https://l.instagram.com/',
    reach: { first: 0.08, later: 0.03, known: 0.03 },
    lift: 0.05,
  },
]

export function marketOf(
  campaigns: readonly Campaign[],
  firstDay: number,
  without: Iterable<number>
): Market {
  const weights = (stage: Stage) => [...campaigns, ...FREE_WAYS].map(({ reach }) => reach[stage])
  return {
    campaigns,
    firstDay,
    without: new Set(without),
    weights: { first: weights('first'), later: weights('later'), known: weights('known') },
  }
}

const ORGANIC = 0
const DIRECT = 1

export interface Touch {
  click: Click | null
  visit: Visit | null
  lift: number
}

const NOTHING: Touch = { click: null, visit: null, lift: 0 }
/** Clicks whose page never opens: somebody closes it, or it was a slip. */
const LOST_CLICKS = 0.06

export const SHOP = 'https://harbour-coffee.example'

const POPULARITY = PRODUCTS.map(({ weight }) => weight)

function landingPage(state: number): string {
  const place = pick(state, 61, POPULARITY)
  const handle = PRODUCTS[place]?.handle ?? 'house-blend'
  return unit(state, 62) < 0.35 ? `${SHOP}/` : `${SHOP}/products/${handle}`
}

const base = (state: number, at: number, deviceIndex: number) => ({
  at,
  deviceIndex,
  pages: 1 + Math.floor(unit(state, 63) * 7),
})

function freeVisit(state: number, at: number, deviceIndex: number, way: FreeWay): Visit {
  const isTagged = way.medium === 'email'
  const page = landingPage(state)
  return {
    ...base(state, at, deviceIndex),
    source: way.source,
    medium: way.medium,
    campaign: isTagged ? 'weekly' : null,
    content: null,
    term: null,
    campaignId: null,
    landingPage: isTagged
      ? `${page}?utm_source=newsletter&utm_medium=email&utm_campaign=weekly`
      : page,
    referrer: way.referrer,
  }
}

/** An ad of the campaign that is not removed, by weight. */
function adFor(state: number, { groups }: Campaign): Ad | undefined {
  const group = groups[Math.floor(unit(state, 71) * groups.length)]
  const ads = group?.ads.filter(({ isRemoved }) => !isRemoved) ?? []
  return ads[
    pick(
      state,
      72,
      ads.map(({ weight }) => weight)
    )
  ]
}

function paidVisit(
  state: number,
  at: number,
  deviceIndex: number,
  campaign: Campaign,
  click: Click
): Visit {
  const { tag } = campaign
  const content = campaign.hasAds ? String(click.adId) : null
  // Names of campaigns in tags are plain, so nothing needs to be escaped.
  const id = tag.hasId ? `&utm_id=${campaign.id}` : ''
  const ad = content === null ? '' : `&utm_content=${content}`
  const query = `utm_source=google&utm_medium=${tag.medium}&utm_campaign=${tag.campaign}${id}${ad}`
  return {
    ...base(state, at, deviceIndex),
    source: 'google',
    medium: tag.medium,
    campaign: tag.campaign,
    content,
    term: null,
    campaignId: campaign.id,
    landingPage: `${landingPage(state)}?${query}&gclid=${click.clickId}`,
    referrer: 'https://www.google.com/',
  }
}

function clickId(state: number): string {
  const parts = [81, 82, 83, 84].map((key) => mix(state, key).toString(36).padStart(7, '0'))
  return `Cj0KCQ${parts.join('')}_BwE`
}

function paidTouch(state: number, at: number, device: number, campaign: Campaign): Touch {
  const ad = adFor(state, campaign)
  if (ad === undefined) return NOTHING
  const click = { at, campaignId: campaign.id, adId: ad.id, clickId: clickId(state) }
  if (unit(state, 73) < LOST_CLICKS) return { ...NOTHING, click }
  return { click, visit: paidVisit(state, at, device, campaign, click), lift: campaign.lift }
}

/** Brand and reminder ads stand where the shop's own entries stand: those are taken instead. */
function instead(state: number, at: number, device: number, campaign: Campaign): Touch {
  if (unit(state, 73) < LOST_CLICKS || unit(state, 74) >= campaign.substitution) return NOTHING
  const way = FREE_WAYS[unit(state, 75) < 0.7 ? ORGANIC : DIRECT]
  if (way === undefined) return NOTHING
  return { click: null, visit: freeVisit(state, at, device, way), lift: campaign.lift }
}

export interface Moment {
  at: number
  day: number
  stage: Stage
  deviceIndex: number
}

/** What comes of one chance to meet somebody. */
export function touch(market: Market, state: number, moment: Moment): Touch {
  const { campaigns, firstDay, without } = market
  const { at, deviceIndex } = moment
  const place = pick(state, 60, market.weights[moment.stage])
  const campaign = campaigns[place]
  if (campaign === undefined) {
    const way = FREE_WAYS[place - campaigns.length]
    if (way === undefined) return NOTHING
    return { click: null, visit: freeVisit(state, at, deviceIndex, way), lift: way.lift }
  }
  const isOn = isRunning(campaign, moment.day, firstDay) && !without.has(campaign.id)
  return isOn
    ? paidTouch(state, at, deviceIndex, campaign)
    : instead(state, at, deviceIndex, campaign)
}
