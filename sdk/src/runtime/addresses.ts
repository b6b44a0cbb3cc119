import { SourceError } from '../errors.ts'
import type { Host, Query } from '../http.ts'
import type { SourceDefinition } from '../source.ts'

/** Where a request goes, and whether credentials may go along. */
export interface Address {
  url: URL
  sendsAuth: boolean
}

/** A whole URL rather than a path; paths may hold colons. */
export const isWhole = (path: string): boolean => /^https?:\/\//i.test(path)

/** The base URL and the declared hosts of one connection: nothing else is ever asked. */
export class Addresses {
  readonly #title: string
  readonly #base: URL
  readonly #hosts: readonly Host[]

  /** @throws SourceError `config_invalid` if the settings make no URL */
  constructor(source: Pick<SourceDefinition, 'title' | 'http'>, config: Record<string, unknown>) {
    const { http, title } = source
    if (http === undefined) throw new TypeError(`“${title}” declares no http`)
    const base = typeof http.baseUrl === 'function' ? http.baseUrl(config) : http.baseUrl
    this.#title = title
    this.#base = parseUrl(base) ?? invalid(title)
    this.#hosts = (typeof http.hosts === 'function' ? http.hosts(config) : http.hosts) ?? []
  }

  /** @throws SourceError `vendor_response` for a URL on a host that is not declared */
  resolve(path: string, query: Query = {}): Address {
    const address = isWhole(path) ? this.#declared(path) : this.#below(path)
    appendQuery(address.url, query)
    return address
  }

  /** Where a redirect leads. @throws SourceError `vendor_response` unless to a declared host, without losing TLS */
  redirected(from: URL, location: string): Address {
    const to = URL.canParse(location, from.href) ? new URL(location, from) : undefined
    if (to === undefined)
      throw new SourceError('vendor_response', `${this.#title} redirects to nowhere.`)
    if (from.protocol === 'https:' && to.protocol !== 'https:') throw this.#refusal(to)
    return this.#declared(to.href)
  }

  /**
   * The address of another page: checked, and relative where it lies below the base, whose path may
   * be a secret.
   *
   * @throws SourceError `vendor_response` for a host that is not declared
   */
  keepable(location: string, without: readonly string[]): string {
    const { url } = this.redirected(this.#base, location)
    for (const name of without) url.searchParams.delete(name)
    const base = this.#base.href.replace(/\/$/, '')
    const isBelow = url.href.startsWith(`${base}/`) || url.href.startsWith(`${base}?`)
    return isBelow ? url.href.slice(base.length) : url.href
  }

  #below(path: string): Address {
    const url = new URL(this.#base)
    const separator = path === '' || path.startsWith('/') || path.startsWith('?') ? '' : '/'
    const whole = `${this.#base.href.replace(/\/$/, '')}${separator}${path}`
    const target = parseUrl(whole)
    if (target?.host !== url.host) throw new TypeError(`“${path}” is not a path`)
    return { url: target, sendsAuth: true }
  }

  #declared(href: string): Address {
    const url = parseUrl(href)
    if (url === undefined)
      throw new SourceError('vendor_response', `${this.#title} named an address that is none.`)
    const isSafe = url.protocol === 'https:' || this.#base.protocol === 'http:'
    if (!isSafe || url.username !== '' || url.password !== '') throw this.#refusal(url)
    if (url.host === this.#base.host) return { url, sendsAuth: true }
    const host = this.#hosts.find((declared) => matches(nameOf(declared), url.host))
    if (host === undefined) throw this.#refusal(url)
    return { url, sendsAuth: typeof host === 'object' }
  }

  #refusal(url: URL): SourceError {
    const scheme = url.protocol === 'https:' ? '' : url.protocol + '//'
    return new SourceError(
      'vendor_response',
      `${this.#title} leads to ${scheme}${url.host}, which the connector does not know.`
    )
  }
}

function parseUrl(text: string): URL | undefined {
  const url = URL.canParse(text) ? new URL(text) : undefined
  return url?.protocol === 'https:' || url?.protocol === 'http:' ? url : undefined
}

function invalid(title: string): never {
  throw new SourceError('config_invalid', `The settings make no address of ${title}.`)
}

const nameOf = (host: Host): string => (typeof host === 'string' ? host : host.host)

const matches = (pattern: string, host: string): boolean =>
  pattern.startsWith('*.') ? host.endsWith(pattern.slice(1)) : host === pattern

function appendQuery(url: URL, query: Query): void {
  for (const [name, value] of Object.entries(query)) {
    if (value === undefined) continue
    url.searchParams.delete(name)
    for (const item of typeof value === 'object' ? value : [value]) {
      url.searchParams.append(name, String(item))
    }
  }
}
