import { isoOf } from '../world/calendar.ts'
import { page, type Paging } from './connection.ts'
import { VERSION } from './schema.ts'
import { gid } from './views/money.ts'

export interface Subscription {
  id: number
  topic: string
  uri: string
  createdAt: number
}

interface Input {
  uri?: string | null
  callbackUrl?: string | null
  format?: string | null
}

const LOOPBACK = /^http:\/\/(localhost|127\.0\.0\.1|\[::1\])(:\d+)?(\/|$)/

function faultOf(uri: string): string | undefined {
  if (!URL.canParse(uri)) return 'Address is invalid'
  // Shopify wants TLS; on the own machine there is none.
  if (uri.startsWith('https://') || LOOPBACK.test(uri)) return undefined
  return 'Address protocol http:// is not supported'
}

const refused = (message: string) => ({
  webhookSubscription: null,
  userErrors: [{ field: ['webhookSubscription', 'callbackUrl'], message }],
})

const viewOf = ({ id, topic, uri, createdAt }: Subscription) => ({
  __typename: 'WebhookSubscription',
  id: gid('WebhookSubscription', id),
  legacyResourceId: String(id),
  topic,
  uri,
  callbackUrl: uri,
  format: 'JSON',
  filter: null,
  includeFields: [],
  metafieldNamespaces: [],
  name: null,
  createdAt: isoOf(createdAt),
  updatedAt: isoOf(createdAt),
  endpoint: { __typename: 'WebhookHttpEndpoint', callbackUrl: uri },
  apiVersion: { handle: VERSION, displayName: VERSION, supported: true },
})

/** What an app wants to hear of a shop. */
export class Webhooks {
  readonly #now: () => number
  #subscriptions: Subscription[] = []
  #next = 1_300_000_000_001

  constructor(now: () => number) {
    this.#now = now
  }

  get subscriptions(): readonly Subscription[] {
    return this.#subscriptions
  }

  /** Uninstalling an app ends what it wanted to hear. */
  clear(): void {
    this.#subscriptions = []
  }

  queries(): Record<string, unknown> {
    const listing = (topics?: string[] | null) => ({
      items: this.#subscriptions.filter(({ topic }) => topics == null || topics.includes(topic)),
      place: ({ id }: Subscription) => ({ value: id, id }),
      view: viewOf,
    })
    return {
      webhookSubscriptions: (given: Paging & { topics?: string[] | null }) =>
        page(listing(given.topics), given),
      webhookSubscription: ({ id }: { id: string }) => {
        const known = this.#find(id)
        return known === undefined ? null : viewOf(known)
      },
    }
  }

  mutations(): Record<string, unknown> {
    return {
      webhookSubscriptionCreate: (given: { topic: string; webhookSubscription: Input }) =>
        this.#create(given),
      webhookSubscriptionDelete: (given: { id: string }) => this.#delete(given),
    }
  }

  #create({ topic, webhookSubscription: input }: { topic: string; webhookSubscription: Input }) {
    const uri = input.uri ?? input.callbackUrl ?? ''
    const fault = faultOf(uri)
    if (fault !== undefined) return refused(fault)
    const isKnown = this.#subscriptions.some((one) => one.topic === topic && one.uri === uri)
    if (isKnown) return refused('Address for this topic has already been taken')
    const subscription = { id: this.#next, topic, uri, createdAt: this.#now() }
    this.#next += 1
    this.#subscriptions.push(subscription)
    return { webhookSubscription: viewOf(subscription), userErrors: [] }
  }

  #delete({ id }: { id: string }) {
    const known = this.#find(id)
    if (known === undefined) {
      const userErrors = [{ field: ['id'], message: 'Webhook subscription does not exist' }]
      return { deletedWebhookSubscriptionId: null, userErrors }
    }
    this.#subscriptions = this.#subscriptions.filter((one) => one !== known)
    return { deletedWebhookSubscriptionId: id, userErrors: [] }
  }

  #find(id: string): Subscription | undefined {
    return this.#subscriptions.find((one) => gid('WebhookSubscription', one.id) === id)
  }
}
