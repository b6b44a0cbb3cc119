import { randomUUID } from 'node:crypto'
import { header, type Answer, type Asked } from '../http/exchange.ts'
import type { Refusal, Stage, Vendor } from '../vendor.ts'
import { shopTruth } from '../world/truth.ts'
import { actionsOf, type State } from './actions.ts'
import { Asking } from './asking.ts'
import { Bucket } from './bucket.ts'
import { BulkOperations } from './bulk.ts'
import { internalError, invalidToken, notFound, throttled } from './errors.ts'
import { graphql } from './graphql.ts'
import { Installation, SHOP_DOMAIN } from './installation.ts'
import { accessToken, admin, authorize, type OAuthDesk } from './oauth.ts'
import { Shop } from './shop.ts'
import { servedVersion } from './versions.ts'
import { Webhooks } from './webhooks.ts'

export const ID = 'shopify'

const FILES = 'storage.googleapis.com'
const GRAPHQL = /^\/admin\/api\/([^/]+)\/graphql\.json$/

function endpointOf({ method, path, host, body }: Asked): string {
  if (host === FILES) return 'file'
  if (path === '/admin/') return 'admin'
  if (path === '/admin/oauth/authorize') return 'authorize'
  if (path === '/admin/oauth/access_token') return 'token'
  if (!GRAPHQL.test(path) || method !== 'POST') return 'unknown'
  return body.includes('bulkOperationRunQuery') ? 'bulk' : 'graphql'
}

const TOKEN = 'x-shopify-access-token'

class AdminApi {
  readonly state: State
  readonly #desk: OAuthDesk
  readonly #now: () => number

  constructor(stage: Stage) {
    const clock = stage.clockOf(ID)
    this.#now = () => clock.now()
    const shop = new Shop(stage.world, this.#now)
    const installation = new Installation(stage.sealer, this.#now)
    this.#desk = { installation, sealer: stage.sealer, now: this.#now, usedCodes: new Set() }
    const extra: State['extra'] = []
    const bulk = new BulkOperations(this.#now, ({ id, status }) => {
      const body = { admin_graphql_api_id: id, status, type: 'query' }
      extra.push({ at: this.#now(), topic: 'bulk_operations/finish', body })
    })
    this.state = {
      shop,
      installation,
      bucket: new Bucket(),
      bulk,
      webhooks: new Webhooks(this.#now),
      dataLevel: 2,
      shopStatus: null,
      toldUntil: this.#now(),
      extra,
    }
  }

  answer(asked: Asked): Answer {
    if (asked.host === FILES) return this.state.bulk.download(asked)
    if (asked.host !== SHOP_DOMAIN) return notFound()
    if (asked.path === '/admin/oauth/authorize') return authorize(asked, this.#desk)
    if (asked.path === '/admin/') return admin()
    return asked.method === 'POST' ? this.#call(asked) : notFound()
  }

  #call(asked: Asked): Answer {
    if (asked.path === '/admin/oauth/access_token') return accessToken(asked, this.#desk)
    const [, asking = ''] = GRAPHQL.exec(asked.path) ?? []
    const version = servedVersion(asking, this.#now())
    if (version === undefined) return notFound()
    const { headers, ...answer } = this.#admin(asked)
    const own = { 'x-shopify-api-version': version, 'x-request-id': randomUUID() }
    return { ...answer, headers: { ...headers, ...own } }
  }

  #admin(asked: Asked): Answer {
    const { shopStatus, installation, bucket, bulk, shop, webhooks, dataLevel } = this.state
    if (shopStatus !== null) {
      const errors = shopStatus === 402 ? 'Unavailable Shop' : 'Unavailable'
      return {
        status: shopStatus,
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ errors }),
      }
    }
    const session = installation.verify(header(asked, TOKEN) ?? '')
    if (session === undefined) return invalidToken()
    const asking = new Asking({ shop, session, webhooks, plan: bucket.plan, dataLevel })
    return graphql(asked, asking, { bucket, bulk })
  }

  refuse(refusal: Refusal, asked: Asked): Answer {
    const { bucket, installation } = this.state
    const restoreRate = bucket.restoreRate
    const throttleStatus = { maximumAvailable: bucket.maximum, currentlyAvailable: 0, restoreRate }
    const cost = { requestedQueryCost: 100, actualQueryCost: null, throttleStatus }
    const answers: Record<Refusal, () => Answer> = {
      rate_limit: () => throttled(cost),
      quota: () => ({
        status: 429,
        headers: { 'retry-after': '2.0' },
        body: '{"errors":"Exceeded 2 calls per second for api client. Reduce request rates to resume uninterrupted service."}',
      }),
      server_error: internalError,
      unavailable: () => ({ status: 503, body: 'Service Unavailable' }),
      missing_scope: () => ({
        status: 403,
        headers: { 'content-type': 'application/json' },
        body: '{"errors":"[API] This action requires merchant approval for read_orders scope."}',
      }),
      expired_token: () => {
        installation.expire(header(asked, TOKEN) ?? '')
        return invalidToken()
      },
    }
    return answers[refusal]()
  }
}

function* remaining(shop: Shop, all: unknown): Generator {
  const known = new Set(shop.orders().map(({ order }) => String(order.id)))
  for (const order of all as Iterable<{ id: string }>) if (known.has(order.id)) yield order
}

export function shopify(stage: Stage): Vendor {
  const api = new AdminApi(stage)
  const { shop } = api.state
  return {
    id: ID,
    hosts: ['*.myshopify.com', FILES],
    endpointOf,
    answer: (asked) => api.answer(asked),
    refuse: (refusal, asked) => api.refuse(refusal, asked),
    truth: {
      /** As the shop's own truth, without what was deleted. */
      orders: (query) => remaining(shop, shopTruth(stage.world, shop.now).orders?.(query)),
    },
    actions: actionsOf(api.state),
  }
}
