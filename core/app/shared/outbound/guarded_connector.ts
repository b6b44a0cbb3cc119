import type { LookupAddress } from 'node:dns'
import { lookup } from 'node:dns/promises'
import { isIP, type LookupFunction } from 'node:net'
import { buildConnector } from 'undici'
import { isPublicAddress, type AllowList } from './allow_list.ts'

/** All addresses of a host name. */
export type Resolver = (host: string) => Promise<LookupAddress[]>

/** A host that may not be called: it leads into a network that is not the public internet. */
export class HostRefused extends Error {
  override readonly name = 'HostRefused'
  readonly host: string

  constructor(host: string) {
    super(`${host} leads to an address that is not public`)
    this.host = host
  }
}

export const systemResolver: Resolver = (host) => lookup(host, { all: true, order: 'verbatim' })

/** Whether a connection to the host may end at this address. */
const isPermitted = (address: string, allowed: AllowList): boolean =>
  isPublicAddress(address) || allowed.allowsAddress(address)

function bareHost(host: string): string {
  return host.replace(/^\[(.*)\]$/, '$1')
}

/** @throws HostRefused if one address of the host may not be reached: the next try could be that one */
export async function permittedAddresses(
  host: string,
  allowed: AllowList,
  resolve: Resolver
): Promise<LookupAddress[]> {
  const found = await resolve(host)
  if (allowed.allowsHost(host)) return found
  if (found.every(({ address }) => isPermitted(address, allowed))) return found
  throw new HostRefused(host)
}

function lookupThrough(allowed: () => AllowList, resolve: Resolver): LookupFunction {
  return (host, { all }, callback) => {
    permittedAddresses(host, allowed(), resolve).then(
      (found) => {
        const [first] = found
        if (all === true) callback(null, found)
        else callback(null, first?.address ?? '', first?.family)
      },
      (error: unknown) => callback(error as NodeJS.ErrnoException, '')
    )
  }
}

/**
 * Connects to permitted addresses only. The address that was looked at is the one that is connected
 * to, so a name that answers differently the second time (DNS rebinding) changes nothing.
 */
export function guardedConnector(
  allowed: () => AllowList,
  resolve: Resolver
): buildConnector.connector {
  const connect = buildConnector({ timeout: 10_000, lookup: lookupThrough(allowed, resolve) })
  return (options, callback) => {
    const host = bareHost(options.hostname)
    // TRICKY: sockets connect to literal addresses without any lookup.
    if (isIP(host) !== 0 && !isPermitted(host, allowed())) {
      callback(new HostRefused(host), null)
      return
    }
    connect(options, callback)
  }
}
