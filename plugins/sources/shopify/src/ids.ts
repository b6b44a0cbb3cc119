import { z } from '@analyticaflow/sdk'

/** Global id such as `gid://shopify/Order/61`; some carry parameters behind a question mark. */
export const Gid = z.string().startsWith('gid://shopify/')

/** The number at the end of a global id: what URLs, webhooks and tags of the storefront call the thing. */
export function numberOf(gid: string): string {
  return gid.slice(gid.lastIndexOf('/') + 1).replace(/\?.*$/, '')
}

export const gidOf = (type: string, number: string): string => `gid://shopify/${type}/${number}`
