import { googleAds } from './google-ads/index.ts'
import { googleIdentity } from './google-identity/index.ts'
import { shopify } from './shopify/index.ts'
import type { Stage, Vendor } from './vendor.ts'

/** Every vendor that is played. */
export function vendorsOf(stage: Stage): Vendor[] {
  const google = googleIdentity(stage)
  return [google, googleAds(stage, google), shopify(stage)]
}
