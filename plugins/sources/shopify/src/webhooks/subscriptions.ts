import { SourceError, z, type Context } from '@analyticaflow/sdk'
import { askOf, type Ask } from '../ask.ts'
import type { Config } from '../config.ts'
import { connection, rest } from '../connection.ts'
import { subscriptionTopic, TOLD } from './topics.ts'

/** What the app is told already; other apps' subscriptions are not among it. */
export const SUBSCRIPTIONS = `
  query Subscriptions($topics: [WebhookSubscriptionTopic!], $after: String) {
    webhookSubscriptions(first: 100, after: $after, topics: $topics) {
      pageInfo { hasNextPage endCursor } nodes { id topic uri }
    }
  }`

export const SUBSCRIBE = `
  mutation Subscribe($topic: WebhookSubscriptionTopic!, $input: WebhookSubscriptionInput!) {
    webhookSubscriptionCreate(topic: $topic, webhookSubscription: $input) {
      webhookSubscription { id } userErrors { message }
    }
  }`

export const UNSUBSCRIBE = `
  mutation Unsubscribe($id: ID!) {
    webhookSubscriptionDelete(id: $id) { deletedWebhookSubscriptionId userErrors { message } }
  }`

const Subscription = z.object({ id: z.string(), topic: z.string(), uri: z.string() })
const Subscriptions = z.object({ webhookSubscriptions: connection(Subscription) })

const TOPICS = Object.keys(TOLD)

/** Subscriptions that call an address. */
async function subscriptionsOf(ask: Ask, url: string) {
  const topics = TOPICS.map(subscriptionTopic)
  const page = async (after: string | null) => {
    const answer = await ask(SUBSCRIPTIONS, Subscriptions, { topics, after })
    return answer.webhookSubscriptions
  }
  const all = await rest(await page(null), page)
  return all.filter(({ uri }) => uri === url)
}

async function missingTopics(ask: Ask, url: string): Promise<string[]> {
  const known = new Set((await subscriptionsOf(ask, url)).map(({ topic }) => topic))
  return TOPICS.filter((topic) => !known.has(subscriptionTopic(topic)))
}

/** Makes Shopify call `url` of every topic that it does not call it of yet. @throws SourceError `vendor_response` if it refuses */
export async function register(context: Context<typeof Config>, url: string): Promise<void> {
  const ask = askOf(context)
  const missing = await missingTopics(ask, url)
  if (missing.length === 0) return
  for (const topic of missing) {
    const input = { uri: url, format: 'JSON', includeFields: [...(TOLD[topic]?.fields ?? [])] }
    await ask(SUBSCRIBE, z.unknown(), { topic: subscriptionTopic(topic), input })
  }
  // An address that was taken a moment ago counts as refused; what stands there in the end is what matters.
  const refused = await missingTopics(ask, url)
  if (refused.length === 0) return
  throw new SourceError(
    'vendor_response',
    `Shopify does not tell of ${refused.join(', ')}. Changes come with the next run.`
  )
}

/** Ends all calls of `url`. */
export async function unregister(context: Context<typeof Config>, url: string): Promise<void> {
  const ask = askOf(context)
  // One that is gone already is refused, which is as good.
  for (const { id } of await subscriptionsOf(ask, url)) await ask(UNSUBSCRIBE, z.unknown(), { id })
}
