import { matchesHost, type AllowList } from './allow_list.ts'

/** Where requests to a vendor's host go instead; see docs/decisions/0135. */
export interface VendorBaseUrl {
  /** The vendor's host: a name, or `*.` and a name for all below it. */
  host: string
  /** May hold `{host}`, which stands for the host that was asked for. */
  base: string
}

const PLACEHOLDER = '{host}'
const PATTERN = /^(\*\.)?[a-z0-9-]+(\.[a-z0-9-]+)+$/

const baseFor = (base: string, host: string) => new URL(base.replaceAll(PLACEHOLDER, host))

/** A host, a port and a path, nothing else. */
const isPlain = ({ username, password, search, hash }: URL): boolean =>
  [username, password, search, hash].every((part) => part === '')

function faultOfBase({ host, base }: VendorBaseUrl): string | undefined {
  const url = baseFor(base, 'x')
  if (!['http:', 'https:'].includes(url.protocol)) return `“${base}” is not http or https`
  if (!isPlain(url)) return `the URL for ${host} may hold a host, a port and a path, nothing else`
  if (base.split('/', 3).join('/').includes(PLACEHOLDER)) {
    return `“${base}”: ${PLACEHOLDER} may stand in the path only`
  }
  return undefined
}

function faultOf({ host, base }: VendorBaseUrl, allowed: AllowList): string | undefined {
  if (!PATTERN.test(host)) return `“${host}” is no host name`
  if (!URL.canParse(base.replaceAll(PLACEHOLDER, 'x'))) return `“${base}” is no URL`
  const fault = faultOfBase({ host, base })
  if (fault !== undefined) return fault
  const { hostname } = baseFor(base, 'x')
  return allowed.allowsHost(hostname) ? undefined : `${hostname} is not in AF_OUTBOUND_ALLOW`
}

/**
 * Reads AF_VENDOR_BASE_URLS: `host=URL` pairs, separated by commas.
 *
 * @throws RangeError naming the pair at fault
 */
export function parseVendorBaseUrls(text: string, allowed: AllowList): VendorBaseUrl[] {
  const pairs = text.split(',').map((pair) => pair.trim())
  return pairs.filter(Boolean).map((pair) => {
    const [host = '', ...rest] = pair.split('=')
    const entry = { host: host.trim().toLowerCase(), base: rest.join('=').trim() }
    const fault = faultOf(entry, allowed)
    if (fault !== undefined) throw new RangeError(fault)
    return entry
  })
}

/** The URL that is really asked: that of the double where the host has one, else the same. */
export function redirectToDouble(url: URL, entries: readonly VendorBaseUrl[]): URL {
  const host = url.hostname.toLowerCase()
  const entry = entries.find((one) => matchesHost(one.host, host))
  if (entry === undefined) return url
  const target = baseFor(entry.base, host)
  target.pathname = `${target.pathname.replace(/\/$/, '')}${url.pathname}`
  target.search = url.search
  return target
}
