import ipaddr from 'ipaddr.js'

type Address = ReturnType<typeof ipaddr.parse>
type Range = [address: Address, bits: number]

/** Hosts and networks that outgoing requests may go to although the guard would refuse them. */
export interface AllowList {
  /** By the name or address in the URL, whatever it resolves to. */
  allowsHost(host: string): boolean
  allowsAddress(address: string): boolean
}

const LABEL = '[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?'
const HOST = new RegExp(`^(\\*\\.)?${LABEL}(\\.${LABEL})*$`)

/** An IPv6 address as URLs write it stands in brackets. */
const bare = (host: string): string => host.replace(/^\[(.*)\]$/, '$1').toLowerCase()

/** Whether a host is one of these names; `*.example.com` is every name below it. */
export const matchesHost = (pattern: string, host: string): boolean =>
  pattern.startsWith('*.') ? host.endsWith(pattern.slice(1)) : host === pattern

function rangeOf(entry: string): Range | undefined {
  if (ipaddr.isValidCIDR(entry)) return ipaddr.parseCIDR(entry)
  if (!ipaddr.isValid(bare(entry))) return undefined
  const address = ipaddr.process(bare(entry))
  return [address, address.kind() === 'ipv4' ? 32 : 128]
}

function isInside(address: Address, [network, bits]: Range): boolean {
  return address.kind() === network.kind() && address.match(network, bits)
}

/**
 * Reads AF_OUTBOUND_ALLOW: host names (`vendor.test`, `*.vendor.test`), addresses and CIDRs, separated
 * by commas.
 *
 * @throws RangeError naming the entry that is none of these
 */
export function parseAllowList(text: string): AllowList {
  const names: string[] = []
  const ranges: Range[] = []
  for (const entry of text.split(',').map((part) => part.trim().toLowerCase())) {
    if (entry === '') continue
    const range = rangeOf(entry)
    if (range !== undefined) ranges.push(range)
    else if (HOST.test(entry)) names.push(entry)
    else throw new RangeError(`“${entry}” is neither a host, an address nor a CIDR`)
  }
  const allowsAddress = (text: string) => {
    if (!ipaddr.isValid(text)) return false
    const address = ipaddr.process(text)
    return ranges.some((range) => isInside(address, range))
  }
  return {
    allowsAddress,
    allowsHost: (host) =>
      names.some((name) => matchesHost(name, bare(host))) || allowsAddress(bare(host)),
  }
}

/**
 * Whether an address is one of the public internet: not private, loopback, link-local, of a carrier's
 * network, of documentation, or one that another address is wrapped in (RFC 6890, RFC 6052).
 */
export function isPublicAddress(text: string): boolean {
  return ipaddr.isValid(text) && ipaddr.process(text).range() === 'unicast'
}
