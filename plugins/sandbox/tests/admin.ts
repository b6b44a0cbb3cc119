import { createHmac } from 'node:crypto'
import type { SandboxOptions } from '../src/index.ts'
import type { Bench, Parsed, Reply } from './support.ts'

/** In the time of the version that is played. */
export const AUTUMN: SandboxOptions = {
  seed: 7,
  from: '2026-08-20',
  now: '2026-11-10T12:00:00Z',
  peoplePerDay: 14,
}

export const SHOP = '/harbour-coffee.myshopify.com'
export const APP = {
  client_id: '5a0d0b0c0ffee5a0d0b0c0ffee123456',
  client_secret: 'shpss_sandbox_client_secret',
}
export const MONEY = '{shopMoney{amount currencyCode} presentmentMoney{amount currencyCode}}'

export interface OrderTruth {
  id: string
  at: string
  is_test: boolean
  is_paid: boolean
  is_cancelled: boolean
  customer_id: string | null
  channel: string
  total_cents: number
  tax_cents: number
  shipping_cents: number
  discounts_cents: number
  lines_cents: number
  fee_cents: number
  refunds: { total_cents: number }[]
}

/** `12.3` → 1230 */
export const cents = (amount: string): number => Math.round(Number(amount) * 100)

export const sign = (body: string | Buffer, encoding: 'hex' | 'base64'): string =>
  createHmac('sha256', APP.client_secret).update(body).digest(encoding)

const post = (body: object, headers: Record<string, string> = {}): RequestInit => ({
  method: 'POST',
  headers: { 'content-type': 'application/json', ...headers },
  body: JSON.stringify(body),
})

/** Asks the double as an app of Shopify does. */
export class Admin {
  readonly bench: Bench
  token = ''

  constructor(bench: Bench) {
    this.bench = bench
  }

  async grant(scopes?: string): Promise<void> {
    const issued = await this.bench.control('shopify/grant', scopes === undefined ? {} : { scopes })
    this.token = issued.access_token
  }

  async ask(query: string, variables: object = {}, version = '2026-10'): Promise<Reply> {
    if (this.token === '') await this.grant()
    const headers = { 'x-shopify-access-token': this.token }
    const path = `${SHOP}/admin/api/${version}/graphql.json`
    return this.bench.ask(path, post({ query, variables }, headers))
  }

  async data(query: string, variables: object = {}): Promise<Parsed> {
    const { body, text } = await this.ask(query, variables)
    if (body?.errors !== undefined) throw new Error(text)
    return body.data
  }

  tokens(message: object): Promise<Reply> {
    return this.bench.ask(`${SHOP}/admin/oauth/access_token`, post({ ...APP, ...message }))
  }

  /** Runs an operation and reads its file. */
  async bulk(query: string, groupObjects = false): Promise<Parsed[]> {
    const started = await this.data(
      'mutation($query:String! $group:Boolean!){bulkOperationRunQuery(query:$query groupObjects:$group){bulkOperation{id status} userErrors{message code}}}',
      { query, group: groupObjects }
    )
    const { bulkOperation, userErrors } = started.bulkOperationRunQuery
    if (userErrors.length > 0) throw new Error(userErrors[0].message)
    for (;;) {
      const { node } = await this.data(
        'query($id:ID!){node(id:$id){... on BulkOperation{status errorCode objectCount url partialDataUrl}}}',
        { id: bulkOperation.id }
      )
      if (['FAILED', 'CANCELED'].includes(node.status))
        throw new Error(node.errorCode ?? node.status)
      if (node.status !== 'COMPLETED') continue
      return node.url === null ? [] : this.file(node.url)
    }
  }

  async file(url: string): Promise<Parsed[]> {
    const { host, pathname, search } = new URL(url)
    const { status, text } = await this.bench.ask(`/${host}${pathname}${search}`)
    if (status !== 200) throw new Error(text)
    return text
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line))
  }
}
