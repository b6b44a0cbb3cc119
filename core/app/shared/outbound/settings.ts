import { SettingsError } from '../settings_error.ts'
import { parseAllowList, type AllowList } from './allow_list.ts'
import { parseVendorBaseUrls, type VendorBaseUrl } from './vendor_base_urls.ts'

export interface OutboundSettings {
  allowed: AllowList
  doubles: readonly VendorBaseUrl[]
}

function named<T>(name: string, read: () => T): T {
  try {
    return read()
  } catch (error) {
    if (error instanceof RangeError) throw new SettingsError([`${name}: ${error.message}`])
    throw error
  }
}

function read(allow: string, baseUrls: string): OutboundSettings {
  const allowed = named('AF_OUTBOUND_ALLOW', () => parseAllowList(allow))
  const doubles = named('AF_VENDOR_BASE_URLS', () => parseVendorBaseUrls(baseUrls, allowed))
  return { allowed, doubles }
}

let latest: { text: string; settings: OutboundSettings } | undefined

/**
 * What the environment says of outgoing requests.
 *
 * @throws SettingsError where it is not right
 */
export function outboundSettings(): OutboundSettings {
  const { AF_OUTBOUND_ALLOW: allow = '', AF_VENDOR_BASE_URLS: baseUrls = '' } = process.env
  const text = `${allow}\n${baseUrls}`
  if (latest?.text !== text) latest = { text, settings: read(allow, baseUrls) }
  return latest.settings
}

/** What a start tells of them, for whoever wonders where requests go. */
export function describeOutbound(): string[] {
  return outboundSettings().doubles.map(
    ({ host, base }) => `requests to ${host} go to ${base} (AF_VENDOR_BASE_URLS)`
  )
}
