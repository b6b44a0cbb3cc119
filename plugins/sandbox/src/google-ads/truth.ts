import { dateOf, dayOf } from '../world/calendar.ts'
import type { AdDay } from '../world/ad_days.ts'
import type { Stage } from '../vendor.ts'
import { ControlError } from '../vendor.ts'
import type { Book } from './book.ts'

/** Figures of one campaign or ad on one day, exact: money in micros, value in cents. */
export interface DailyTruth {
  date: string
  campaign_id: string
  campaign_name: string
  channel_type: string
  ad_group_id?: string
  ad_id?: string
  impressions: number
  clicks: number
  cost_micros: number
  conversions: number
  conversions_value: number
}

const cents = (value: number): number => Math.round(value * 100) / 100

function added(known: DailyTruth, row: AdDay): DailyTruth {
  return {
    ...known,
    impressions: known.impressions + row.impressions,
    clicks: known.clicks + row.clicks,
    cost_micros: known.cost_micros + row.costMicros,
    conversions: cents(known.conversions + row.conversions),
    conversions_value: cents(known.conversions_value + row.conversionsValue),
  }
}

function empty({ day, campaign, group, ad }: AdDay, isByAd: boolean): DailyTruth {
  return {
    date: dateOf(day),
    campaign_id: String(campaign.id),
    campaign_name: campaign.name,
    channel_type: campaign.channelType,
    ...(isByAd && { ad_group_id: String(group.id), ad_id: String(ad.id) }),
    impressions: 0,
    clicks: 0,
    cost_micros: 0,
    conversions: 0,
    conversions_value: 0,
  }
}

function* dayTruth(book: Book, day: number, now: number, isByAd: boolean): Generator<DailyTruth> {
  const rows = new Map<number, DailyTruth>()
  for (const row of book.on(day, now)) {
    if (isByAd && !row.campaign.hasAds) continue
    const key = isByAd ? row.ad.id : row.campaign.id
    rows.set(key, added(rows.get(key) ?? empty(row, isByAd), row))
  }
  for (const row of rows.values()) if (row.impressions > 0 || row.conversions > 0) yield row
}

function dayParameter(query: URLSearchParams, name: string): number {
  const text = query.get(name) ?? ''
  if (/^\d{4}-\d{2}-\d{2}$/.test(text)) return dayOf(text)
  throw new ControlError(`${name} has to be a date`)
}

/** `?customer&level=campaign|ad&from&to`: rows that are not all zero, one after the other. */
export function* dailyTruth(
  query: URLSearchParams,
  book: Book | null,
  now: ReturnType<Stage['clockOf']>
): Generator<DailyTruth> {
  const [from, to] = [dayParameter(query, 'from'), dayParameter(query, 'to')]
  const isByAd = query.get('level') === 'ad'
  if (book === null) return
  for (let day = from; day <= to; day += 1) yield* dayTruth(book, day, now.now(), isByAd)
}
