import { createHash } from 'node:crypto'
import {
  SourceError,
  z,
  type Context,
  type Json,
  type Page,
  type SourceDefinition,
  type Stream,
} from '@analyticaflow/sdk'
import harbour from './harbour.ts'
import {
  ahead,
  dropping,
  renaming,
  repeating,
  stubborn,
  swallowing,
  unstorable,
  type Pages,
} from './mistakes.ts'

/** A connector with one mistake, and the one contract that it breaks. */
export interface Mutant {
  mistake: string
  breaks: string
  source: SourceDefinition
}

const base = harbour as SourceDefinition
type Leads = Extract<Stream, { kind: 'entity' }>['def']
type Insights = Extract<Stream, { kind: 'report' }>['def']
type Campaigns = Exclude<Extract<Stream, { kind: 'snapshot' }>['def'], { bulk: true }>

const { insights, leads, campaigns } = harbour.streams as unknown as {
  insights: { kind: 'report'; def: Insights }
  leads: { kind: 'entity'; def: Leads }
  campaigns: { kind: 'snapshot'; def: Campaigns }
}

const withStreams = (streams: Record<string, Stream>): SourceDefinition => ({
  ...base,
  streams: { ...base.streams, ...streams },
})

const withLeads = (def: Partial<Leads>): SourceDefinition =>
  withStreams({ leads: { kind: 'entity', def: { ...leads.def, ...def } } })

const withInsights = (def: Partial<Insights>): SourceDefinition =>
  withStreams({ insights: { kind: 'report', def: { ...insights.def, ...def } } })

const withCampaigns = (def: Partial<Campaigns>): SourceDefinition =>
  withStreams({ campaigns: { kind: 'snapshot', def: { ...campaigns.def, ...def } } })

type Read = Leads['read']

const read: Read = (...args) => leads.def.read(...args)

/** Leads, with the pages passed through a function. */
const paged = (change: (pages: Pages, args: Parameters<Read>) => Pages): SourceDefinition =>
  withLeads({ read: (...args) => change(read(...args), args) })

/** Keeps what it has read for as long as the settings live. */
function remembering(): SourceDefinition {
  const known = new WeakMap<object, Map<string, Page<unknown>[]>>()
  async function* cached(...[context, window, resume]: Parameters<Insights['read']>): Pages {
    const pages = known.get(context.config) ?? new Map<string, Page<unknown>[]>()
    known.set(context.config, pages)
    const name = JSON.stringify([window, resume])
    const kept = pages.get(name)
    if (kept !== undefined) return yield* kept
    const list: Page<unknown>[] = []
    for await (const page of insights.def.read(context, window, resume)) {
      list.push(page)
      yield page
    }
    pages.set(name, list)
  }
  return withInsights({ read: cached })
}

const later = (since: string | null, minutes: number): string | null =>
  since === null ? null : new Date(Date.parse(since) + minutes * 60_000).toISOString()

const withHttp = (http: Partial<NonNullable<SourceDefinition['http']>>): SourceDefinition => ({
  ...base,
  http: { ...(base.http as NonNullable<SourceDefinition['http']>), ...http },
})

const withWebhooks = (webhooks: Partial<NonNullable<SourceDefinition['webhooks']>>) => ({
  ...base,
  webhooks: { ...(base.webhooks as NonNullable<SourceDefinition['webhooks']>), ...webhooks },
})

/** `http.pages` whose requests are made by something else. */
const loudly = (act: (context: Context) => void): SourceDefinition =>
  withLeads({
    read: (context, ...rest) => {
      act(context)
      return read(context, ...rest)
    },
  })

let counter = 0

export const mutants: Mutant[] = [
  { mistake: 'made for another SDK', breaks: 'shape', source: { ...base, sdk: '^2.0.0' } },
  {
    mistake: 'a setting without a label',
    breaks: 'shape',
    source: { ...base, config: base.config.extend({ region: z.string().optional() }) },
  },
  {
    mistake: 'a key that rows do not have',
    breaks: 'shape',
    source: withCampaigns({
      row: z.object({ id: z.number(), name: z.string() }),
      key: ['id', 'code'],
    }),
  },
  {
    mistake: 'credentials for any host of a domain',
    breaks: 'shape',
    source: withHttp({ hosts: [{ host: '*.harbour.example', auth: true }] }),
  },
  {
    mistake: 'a check that never fails',
    breaks: 'check',
    source: { ...base, check: async (context) => base.check(context).catch(() => undefined) },
  },
  {
    mistake: 'a check that hides what is wrong',
    breaks: 'check',
    source: {
      ...base,
      check: async (context) => {
        await base.check(context).catch(() => {
          throw new Error('It does not work')
        })
      },
    },
  },
  {
    mistake: 'a refusal that ends the list',
    breaks: 'auth',
    source: paged((pages) => swallowing(pages, 'auth_expired')),
  },
  {
    mistake: 'a refusal that is called something else',
    breaks: 'auth',
    source: paged(renaming),
  },
  {
    mistake: 'a resume position that is ignored',
    breaks: 'resume',
    source: withLeads({ read: (context, since) => read(context, since, null) }),
  },
  {
    mistake: 'a position that is one page ahead',
    breaks: 'resume',
    source: paged(ahead),
  },
  {
    mistake: 'a position that JSON changes',
    breaks: 'resume',
    source: withLeads({
      read: (context, since, resume) =>
        unstorable(read(context, since, (resume as { cursor: Json } | null)?.cursor ?? null)),
    }),
  },
  {
    mistake: 'a row that comes twice',
    breaks: 'rows',
    source: withCampaigns({ read: (...args) => repeating(campaigns.def.read(...args)) }),
  },
  { mistake: 'a row that is dropped', breaks: 'rows', source: paged(dropping) },
  {
    mistake: 'an overlap that is not read',
    breaks: 'cursor',
    source: withLeads({
      read: (context, { since }, resume) => read(context, { since: later(since, 10) }, resume),
    }),
  },
  { mistake: 'figures that are remembered', breaks: 'restatement', source: remembering() },
  {
    mistake: 'attempts upon attempts',
    breaks: 'limits',
    source: withLeads({ read: (...args) => stubborn(() => read(...args), 3) }),
  },
  {
    mistake: 'a pause that is shortened',
    breaks: 'limits',
    source: withHttp({
      classify: (answer) =>
        answer.status === 429
          ? new SourceError('rate_limited', 'Slow down.', {
              retryAt: new Date(answer.now.getTime() + 1000),
            })
          : base.http?.classify?.(answer),
    }),
  },
  {
    mistake: 'a secret in the log',
    breaks: 'secrets',
    source: loudly(({ log, config }) => log('asking', { secret: String(config.webhook_secret) })),
  },
  {
    mistake: 'an answer that is quoted',
    breaks: 'secrets',
    source: withHttp({
      classify: (answer) =>
        answer.status === 400
          ? new SourceError('vendor_response', `The vendor says ${JSON.stringify(answer.body)}`)
          : base.http?.classify?.(answer),
    }),
  },
  {
    mistake: 'a request past the client',
    breaks: 'secrets',
    source: loudly(() => {
      void fetch('https://metrics.example').catch(() => undefined)
    }),
  },
  {
    mistake: 'a signature that is not compared',
    breaks: 'webhooks',
    source: withWebhooks({ verify: ({ headers }) => headers['x-signature'] !== undefined }),
  },
  {
    mistake: 'an id for each call instead of each delivery',
    breaks: 'webhooks',
    source: withWebhooks({
      dedupe: ({ body }) =>
        createHash('sha256')
          .update(body)
          .update(String((counter += 1)))
          .digest('hex'),
    }),
  },
  {
    mistake: 'a webhook row that is another one',
    breaks: 'webhooks',
    source: withWebhooks({
      topics: {
        'lead.updated': {
          stream: 'leads',
          rows: ({ lead }) => [{ ...(lead as object), email: null }],
        },
      },
    }),
  },
  {
    mistake: 'a map that asks for the time',
    breaks: 'webhooks',
    source: withLeads({
      map: (row) =>
        ({
          ...(leads.def.map(row, { config: {} }) as object),
          at: new Date().toISOString(),
        }) as never,
    }),
  },
  {
    mistake: 'money as a number',
    breaks: 'webhooks',
    source: withInsights({
      map: (row) => {
        const { date, spend, currency } = row as { date: string; spend: string; currency: string }
        return { date, cost: { amount: Number(spend), currency } } as never
      },
    }),
  },
]
