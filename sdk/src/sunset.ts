/** How near the end of a vendor's API version is. */
export interface Sunset {
  /** `soon`: within 90 days; `past`: the day has come. */
  state: 'none' | 'far' | 'soon' | 'past'
  /** Whole days until then, negative afterwards; absent without a day. */
  days?: number
}

const DAY_MS = 86_400_000
const SOON_DAYS = 90

/**
 * What to say of `vendorApi.sunset`, a day in UTC on which the version ends.
 *
 * @example sunsetOf({ sunset: '2027-04-01' }, new Date('2027-03-02')) // { state: 'soon', days: 30 }
 */
export function sunsetOf(vendorApi: { sunset?: string } | undefined, now: Date): Sunset {
  if (vendorApi?.sunset === undefined) return { state: 'none' }
  const today = Math.floor(now.getTime() / DAY_MS)
  const days = Math.floor(Date.parse(vendorApi.sunset) / DAY_MS) - today
  if (days <= 0) return { state: 'past', days }
  return { state: days <= SOON_DAYS ? 'soon' : 'far', days }
}
