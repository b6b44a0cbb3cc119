import { createHmac, timingSafeEqual } from 'node:crypto'
import {
  afterCursor,
  byPage,
  defineSource,
  entityStream,
  field,
  oauth2,
  reportStream,
  snapshotStream,
  SourceError,
  z,
} from '@analyticaflow/sdk'

export const Config = z.object({
  account_id: field(z.string(), { label: 'Ad account', pick: 'accounts' }),
  lookback_days: field(z.int().min(1).max(90).default(3), { label: 'Re-read the last N days' }),
  webhook_secret: field(z.string(), { label: 'Webhook signing secret', secret: true }),
})

export const Insight = z.object({
  ad_id: z.string(),
  date: z.iso.date(),
  spend: z.string(),
  currency: z.string(),
  clicks: z.number(),
})
export const Lead = z.object({
  id: z.string(),
  updated_at: z.iso.datetime(),
  email: z.string().nullable(),
})
export const Campaign = z.object({ id: z.number(), name: z.string() })
const Accounts = z.object({ data: z.array(z.object({ id: z.string(), name: z.string() })) })

const paginate = afterCursor({ items: 'data', next: 'paging.after' })

/** A connector that keeps all ten contracts; each mutant breaks one of them. */
export default defineSource({
  id: 'harbour-ads',
  version: '1.0.0',
  sdk: '^1.0.0',
  title: 'Harbour Ads',
  vendorApi: {
    version: '2026-04',
    docs: 'https://developers.harbour.example',
    sunset: '2027-04-01',
  },
  auth: oauth2({
    authorizeUrl: 'https://login.harbour.example/authorize',
    tokenUrl: 'https://login.harbour.example/token',
    scopes: ['ads.read', 'leads.read'],
    refresh: 'rotating',
  }),
  config: Config,
  http: {
    baseUrl: 'https://api.harbour.example/2026-04',
    limit: [{ requests: 50, seconds: 10 }, { parallel: 2 }],
    classify: ({ status }) =>
      status === 403
        ? new SourceError('auth_scope', 'Grant “ads.read” and reconnect.', { scopes: ['ads.read'] })
        : undefined,
  },
  async check({ http, config }) {
    await http.get(`/accounts/${config.account_id}`, z.object({ id: z.string() }))
  },
  options: {
    accounts: async ({ http }) => {
      const { data } = await http.get('/accounts', Accounts)
      return data.map(({ id, name }) => ({ value: id, label: name }))
    },
  },
  streams: {
    insights: reportStream(Config, {
      title: 'Daily ad results',
      emits: 'ad_spend_daily',
      row: Insight,
      key: ['ad_id', 'date'],
      windowDays: 7,
      historyDays: 730,
      lookbackDays: (config) => config.lookback_days,
      read: ({ http, config }, { from, to }, resume) =>
        http.pages(`/accounts/${config.account_id}/insights`, {
          row: Insight,
          query: { from, to },
          paginate,
          resume,
        }),
      map: (row, { config }) => ({
        accountId: config.account_id,
        adId: row.ad_id,
        date: row.date,
        cost: { amount: row.spend, currency: row.currency },
        clicks: row.clicks,
      }),
    }),
    leads: entityStream(Config, {
      title: 'Leads',
      emits: 'lead',
      row: Lead,
      key: ['id'],
      updatedAt: 'updated_at',
      overlapMinutes: 10,
      read: ({ http }, { since }, resume) =>
        http.pages('/leads', {
          row: Lead,
          query: { sort: 'updated_at', ...(since !== null && { since }) },
          paginate,
          resume,
        }),
      map: (row) => ({ externalId: row.id, at: row.updated_at, email: row.email }),
    }),
    campaigns: snapshotStream(Config, {
      title: 'Campaigns',
      emits: 'campaign',
      row: Campaign,
      key: ['id'],
      read: ({ http }, _slice, resume) =>
        http.pages('/campaigns', {
          row: Campaign,
          paginate: byPage({ items: '', size: 4, pagesHeader: 'x-pages' }),
          resume,
        }),
      map: (row) => ({ externalId: String(row.id), name: row.name }),
    }),
  },
  webhooks: {
    verify: ({ headers, body }, { webhook_secret }) => {
      const sent = Buffer.from(headers['x-signature'] ?? '', 'hex')
      const own = createHmac('sha256', webhook_secret).update(body).digest()
      return sent.length === own.length && timingSafeEqual(sent, own)
    },
    dedupe: ({ headers }) => headers['x-delivery'],
    topics: { 'lead.updated': { stream: 'leads', rows: (body) => [body.lead] } },
  },
})
