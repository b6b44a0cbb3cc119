import type { Tables, VendorReply, VendorRequest, VendorRow } from '@analyticaflow/sdk/testing'

/** Google's way to say what is wrong. */
export function failure(
  status: number,
  kind: string,
  code: string,
  retryDelay?: string
): VendorReply {
  const details = retryDelay && { details: { quotaErrorDetails: { retryDelay } } }
  const errors = [{ errorCode: { [kind]: code }, message: 'Of no use to a program.', ...details }]
  const type = 'type.googleapis.com/google.ads.googleads.v26.errors.GoogleAdsFailure'
  const error = {
    code: status,
    message: 'Refused.',
    status: 'X',
    details: [{ '@type': type, errors }],
  }
  return { status, json: [{ error }] }
}

const customer = {
  id: '1234567890',
  descriptiveName: 'Shop DE',
  currencyCode: 'EUR',
  timeZone: 'Europe/Berlin',
  status: 'ENABLED',
}

/** What is zero or empty is absent in Google's JSON. */
const present = (fields: Record<string, unknown>) =>
  Object.fromEntries(
    Object.entries(fields).filter(([, value]) => value !== '0' && value !== 0 && value !== '')
  )

const metrics = (row: VendorRow) =>
  present({
    costMicros: row.cost_micros,
    impressions: row.impressions,
    clicks: row.clicks,
    conversions: row.conversions,
    conversionsValue: row.conversions_value,
  })

const campaignOf = (row: VendorRow) => ({
  id: row.campaign_id,
  ...present({ name: row.campaign_name, advertisingChannelType: row.channel_type }),
})

const dayOf = (row: VendorRow) => ({
  customer,
  campaign: campaignOf(row),
  segments: { date: row.date },
  metrics: metrics(row),
})

const adDayOf = (row: VendorRow) => ({
  ...dayOf(row),
  adGroup: { id: row.ad_group_id, ...present({ name: row.ad_group_name }) },
  adGroupAd: { ad: { id: row.ad_id, ...present({ name: row.ad_name }) } },
})

const FIGURES = ['cost_micros', 'impressions', 'clicks', 'conversions', 'conversions_value']

/** Days of campaigns: the sums of their ads, and what has no ad. */
function campaignDays(rows: readonly VendorRow[]): VendorRow[] {
  const sums = new Map<string, VendorRow>()
  for (const row of rows) {
    const key = `${String(row.date)} ${String(row.campaign_id)}`
    const sum = sums.get(key)
    if (sum === undefined) sums.set(key, { ...row })
    else {
      for (const name of FIGURES) {
        const total = Number(sum[name]) + Number(row[name])
        sum[name] = typeof row[name] === 'string' ? String(total) : total
      }
    }
  }
  return [...sums.values()]
}

const byKey = (rows: readonly VendorRow[]) =>
  [...rows].sort((a, b) =>
    `${String(a.date)} ${String(a.ad_id)}` < `${String(b.date)} ${String(b.ad_id)}` ? -1 : 1
  )

const lists: Record<string, (row: VendorRow) => unknown> = {
  campaigns: (row) => ({
    customer,
    campaign: {
      ...campaignOf({ ...row, campaign_id: row.id, campaign_name: row.name }),
      status: row.status,
    },
  }),
  ad_groups: (row) => ({
    customer,
    campaign: { id: row.campaign_id },
    adGroup: present({ id: row.id, name: row.name, status: row.status }),
  }),
  ads: (row) => ({
    customer,
    campaign: { id: row.campaign_id },
    adGroup: { id: row.ad_group_id },
    adGroupAd: { ad: present({ id: row.id, name: row.name }), ...present({ status: row.status }) },
  }),
}
const listOf: Record<string, string> = {
  campaign: 'campaigns',
  ad_group: 'ad_groups',
  ad_group_ad: 'ads',
}

function daysOf(resource: string, [from = '', to = '']: string[], tables: Tables): unknown[] {
  const isAsked = ({ date }: VendorRow) => String(date) >= from && String(date) <= to
  const days = byKey(tables.ad_days ?? []).filter(isAsked)
  return resource === 'campaign'
    ? campaignDays(days).map(dayOf)
    : days.filter(({ ad_id: id }) => id !== '').map(adDayOf)
}

function resultsOf(query: string, tables: Tables): unknown[] {
  const resource = / FROM (\w+)/.exec(query)?.[1] ?? ''
  if (resource === 'customer') return [{ customer }]
  const dates = /BETWEEN '([\d-]+)' AND '([\d-]+)'/.exec(query)
  if (dates !== null) return daysOf(resource, dates.slice(1), tables)
  const list = listOf[resource] ?? ''
  return (tables[list] ?? []).map((row) => lists[list]?.(row))
}

const CHUNK = 3

/** A list of chunks, as the stream of Google comes; without `results` where there are none. */
function chunked(results: unknown[]): unknown[] {
  if (results.length === 0) return [{ fieldMask: 'segments.date', requestId: 'r' }]
  const count = Math.ceil(results.length / CHUNK)
  return Array.from({ length: count }, (_, index) => ({
    results: results.slice(index * CHUNK, (index + 1) * CHUNK),
    fieldMask: 'segments.date',
    requestId: 'r',
  }))
}

/** One account: Google's answers out of the tables. */
export function fakeGoogleAds({ method, path, body }: VendorRequest, tables: Tables): VendorReply {
  if (method === 'GET' && path === '/customers:listAccessibleCustomers') {
    return { json: { resourceNames: ['customers/1234567890'] } }
  }
  const account = /^\/customers\/(\d+)\/googleAds:searchStream$/.exec(path)?.[1]
  if (account !== '1234567890') return failure(401, 'authenticationError', 'CUSTOMER_NOT_FOUND')
  const { query } = body as { query: string }
  return { json: chunked(resultsOf(query, tables)) }
}
