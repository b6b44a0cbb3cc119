import {
  moneyOfMicros,
  money,
  reportStream,
  type Context,
  type Json,
  type Page,
  type Window,
  z,
} from '@analyticaflow/sdk'
import { AdDay, CampaignDay } from '../answers.ts'
import { streamOf } from '../ask.ts'
import { Config } from '../config.ts'
import { AdSums, Day, dayOfAd, dayOfCampaign } from '../days.ts'
import { tooOld } from '../errors.ts'
import { adDays, campaignDays } from '../queries.ts'
import { HISTORY_DAYS, HISTORY_MONTHS } from '../vendor.ts'

type Asking = Context<typeof Config>

/**
 *   ads ──► rest ──► end of the window
 *
 * `read` rows of the answer are done. The sums of ads are not kept: whoever goes on reads the ads again,
 * which Google sends from the beginning anyway, and passes over those that are done.
 */
const Position = z.object({ part: z.enum(['ads', 'rest']), read: z.int() })
type Position = z.infer<typeof Position>

const startOf = (resume: Json): Position =>
  resume === null ? { part: 'ads', read: 0 } : Position.parse(resume)

/** The earliest day that Google Ads tells in days, a day late for accounts whose today is already tomorrow. */
function earliest(now: Date): string {
  const month = now.getUTCMonth() - HISTORY_MONTHS
  return new Date(Date.UTC(now.getUTCFullYear(), month, now.getUTCDate() + 1))
    .toISOString()
    .slice(0, 10)
}

async function* adPages(context: Asking, window: Window, done: number, sums: AdSums) {
  const { customer_id: account } = context.config
  let before = 0
  for await (const { rows, read } of streamOf(context, account, adDays(window), { row: AdDay })) {
    const days = rows.map(dayOfAd)
    for (const day of days) sums.add(day)
    const fresh = days.slice(Math.max(0, done - before))
    before = read
    if (fresh.length > 0) yield { rows: fresh, next: { part: 'ads', read } }
  }
}

async function* restPages(context: Asking, window: Window, done: number, sums: AdSums) {
  const { customer_id: account } = context.config
  const options = { row: CampaignDay, skip: done }
  for await (const { rows, read } of streamOf(context, account, campaignDays(window), options)) {
    const rest = rows.flatMap((day) => sums.restOf(dayOfCampaign(day)) ?? [])
    if (rest.length > 0) yield { rows: rest, next: { part: 'rest', read } }
  }
}

async function* read(context: Asking, window: Window, resume: Json): AsyncGenerator<Page<Day>> {
  // An empty answer would let everything vanish that is loaded of these days.
  if (window.from < earliest(context.now())) throw tooOld()
  const start = startOf(resume)
  const sums = new AdSums()
  const adsDone = start.part === 'ads' ? start.read : Infinity
  yield* adPages(context, window, adsDone, sums)
  yield* restPages(context, window, start.part === 'rest' ? start.read : 0, sums)
  yield { rows: [], next: null }
}

/**
 * Where auto-tagged clicks say they come from, whatever the type of the campaign.
 * https://support.google.com/analytics/answer/11242870
 */
const CLICKS = { source: 'google', medium: 'cpc' }

/**
 * What each ad cost on each day, and what campaigns cost beyond their ads: so the sums are those of the
 * campaigns, and nothing is counted twice.
 */
export const adDayStream = reportStream(Config, {
  title: 'Daily results of ads and campaigns',
  emits: 'ad_spend_daily',
  row: Day,
  key: ['date', 'campaign_id', 'ad_group_id', 'ad_id'],
  windowDays: 28,
  historyDays: HISTORY_DAYS,
  lookbackDays: ({ lookback_days: days }) => days,
  read,
  map: (day) => ({
    date: day.date,
    accountId: day.account_id,
    accountName: day.account_name,
    campaignId: day.campaign_id,
    campaignName: day.campaign_name,
    adGroupId: day.ad_group_id,
    adGroupName: day.ad_group_name,
    adId: day.ad_id,
    adName: day.ad_name,
    ...CLICKS,
    cost: moneyOfMicros(day.cost_micros, day.currency),
    impressions: Number(day.impressions),
    clicks: Number(day.clicks),
    conversions: day.conversions,
    conversionValue: money(day.conversions_value, day.currency),
  }),
})
