import { z } from '@analyticaflow/sdk'

/** Global id such as `gid://shopify/Order/61`; some carry parameters behind a question mark. */
export const Gid = z.string().startsWith('gid://shopify/')

/** The number at the end of a global id: what URLs, webhooks and tags of the storefront call the thing. */
export function numberOf(gid: string): string {
  return gid.slice(gid.lastIndexOf('/') + 1).replace(/\?.*$/, '')
}

export const gidOf = (type: string, number: string): string => `gid://shopify/${type}/${number}`

/** In the order in which things were made: their numbers grow. */
export function byNumber(a: { id: string }, b: { id: string }): number {
  const [one, other] = [BigInt(numberOf(a.id)), BigInt(numberOf(b.id))]
  return one < other ? -1 : one > other ? 1 : 0
}
