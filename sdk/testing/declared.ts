import type { Auth, Host, RateLimit, SourceDefinition } from '../src/index.ts'

const listOf = <T>(value: T | readonly T[] | undefined): readonly T[] => {
  if (value === undefined) return []
  return Array.isArray(value) ? (value as readonly T[]) : [value as T]
}

/** The ways to authenticate that a source declares. */
export const waysOf = ({ auth }: SourceDefinition): readonly Auth[] => listOf<Auth>(auth)

/** What the vendor allows. */
export const limitsOf = ({ http }: SourceDefinition): readonly RateLimit[] =>
  listOf<RateLimit>(http?.limit)

type Config = Record<string, unknown>

/** The base URL with these settings; `undefined` where nothing is asked. */
export function baseOf({ http }: SourceDefinition, config: Config): string | undefined {
  return typeof http?.baseUrl === 'function' ? http.baseUrl(config) : http?.baseUrl
}

/** The further hosts with these settings. */
export function hostsOf({ http }: SourceDefinition, config: Config): readonly Host[] {
  return (typeof http?.hosts === 'function' ? http.hosts(config) : http?.hosts) ?? []
}
