import { createHmac } from 'node:crypto'
import type { ContractSpec, Tables, VendorReply, VendorRow } from '@analyticaflow/sdk/testing'

const SECRET = 'harbour-webhook-secret'

/** A list in pages of `size`, by a cursor. */
function page(rows: VendorRow[], after: string | undefined, size: number): VendorReply {
  const from = Number(after ?? 0)
  const next = from + size < rows.length ? String(from + size) : null
  return { json: { data: rows.slice(from, from + size), paging: { after: next } } }
}

const text = (row: VendorRow, field: string): string => String(row[field])

/** Where a lead stands in the list, whatever is edited before it: a cursor is no number of rows. */
const placeOf = (row: VendorRow): string => `${text(row, 'updated_at')} ${text(row, 'id')}`

function leads(tables: Tables, since = '', after = ''): VendorReply {
  const rows = (tables.leads ?? [])
    .filter((row) => text(row, 'updated_at') >= since && placeOf(row) > after)
    .toSorted((a, b) => (placeOf(a) < placeOf(b) ? -1 : 1))
  const data = rows.slice(0, 4)
  const last = data.at(-1)
  const next = rows.length > 4 && last !== undefined ? placeOf(last) : null
  return { json: { data, paging: { after: next } } }
}

function insights(tables: Tables, { from = '', to = '' }: Record<string, string>): VendorRow[] {
  return (tables.insights ?? []).filter(
    (row) => text(row, 'date') >= from && text(row, 'date') <= to
  )
}

function campaigns(tables: Tables, number: string | undefined): VendorReply {
  const rows = tables.campaigns ?? []
  const at = 4 * (Number(number ?? 1) - 1)
  const pages = String(Math.ceil(rows.length / 4))
  return { json: rows.slice(at, at + 4), headers: { 'x-pages': pages } }
}

/** Harbour's side of the contract. */
export const spec: ContractSpec = {
  config: { account_id: '42', webhook_secret: SECRET },
  vendor({ path, query }, tables) {
    if (path === '/accounts') return { json: { data: [{ id: '42', name: 'Shop' }] } }
    if (path === '/accounts/42') return { json: { id: '42' } }
    if (path === '/accounts/42/insights') return page(insights(tables, query), query.after, 4)
    if (path === '/leads') return leads(tables, query.since, query.after)
    if (path === '/campaigns') return campaigns(tables, query.page)
    return { status: 404, json: { error: 'not found' } }
  },
  streams: {
    insights: {
      make: (number, at) => ({
        ad_id: `a${number}`,
        date: at.toISOString().slice(0, 10),
        spend: `${number}.50`,
        currency: 'EUR',
        clicks: number,
      }),
      change: (row) => ({ ...row, clicks: Number(row.clicks) + 100 }),
    },
    leads: {
      make: (number, at) => ({
        id: `L${number}`,
        updated_at: at.toISOString(),
        email: `lead${number}@example.com`,
      }),
      change: (row) => ({ ...row, email: `new-${text(row, 'email')}` }),
    },
    campaigns: {
      make: (number) => ({ id: number, name: `Campaign ${number}` }),
      change: (row) => ({ ...row, name: `${text(row, 'name')} (renamed)` }),
    },
  },
  badCases: [
    {
      name: 'a missing permission',
      reply: ({ path }) => (path.startsWith('/accounts') ? { status: 403, json: {} } : undefined),
      code: 'auth_scope',
    },
    { name: 'an account that is gone', config: { account_id: '43' }, code: 'vendor_response' },
  ],
  webhooks: {
    call: (_topic, row, delivery) => {
      const body = Buffer.from(JSON.stringify({ lead: row }))
      const signature = createHmac('sha256', SECRET).update(body).digest('hex')
      return { headers: { 'x-signature': signature, 'x-delivery': delivery }, body }
    },
  },
}
