/** Releases are quarterly and live for at least a year; see https://shopify.dev/docs/api/usage/versioning */
const RELEASE = /^(\d{4})-(01|04|07|10)$/
const FIRST = '2019-04'

const quarterOf = (seconds: number): number => {
  const date = new Date(seconds * 1000)
  return date.getUTCFullYear() * 4 + Math.floor(date.getUTCMonth() / 3)
}

const nameOf = (quarter: number): string =>
  `${Math.floor(quarter / 4)}-${String((quarter % 4) * 3 + 1).padStart(2, '0')}`

/**
 * Which version answers a request for this one: a retired one falls forward to the oldest that is
 * alive. Undefined where there is no such version (yet).
 */
export function servedVersion(asked: string, now: number): string | undefined {
  const newest = nameOf(quarterOf(now))
  const oldest = nameOf(quarterOf(now) - 3)
  if (!RELEASE.test(asked) || asked > newest || asked < FIRST) return undefined
  return asked < oldest ? oldest : asked
}
