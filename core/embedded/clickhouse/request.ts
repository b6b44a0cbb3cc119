import { randomUUID, timingSafeEqual, createHash } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import type { QuerySpec } from './engine.ts'
import { refuse } from './errors.ts'

/** URL parameters of ClickHouse's HTTP interface that are no settings of the query. */
const HTTP_ONLY = new Set([
  'query',
  'query_id',
  'database',
  'default_format',
  'user',
  'password',
  'quota_key',
  'wait_end_of_query',
  'buffer_size',
  'compress',
  'decompress',
  'stacktrace',
  'enable_http_compression',
  'http_zlib_compression_level',
  'http_response_buffer_size',
  'http_write_exception_in_output_format',
  'http_headers_progress_interval_ms',
  'send_progress_in_http_headers',
  'session_check',
  'session_timeout',
])

/** What one request asks for besides its body. */
export interface EngineRequest extends QuerySpec {
  settings: Map<string, string>
  params: Map<string, string>
  query: string | undefined
  defaultFormat: string
  gzip: boolean
  waitEnd: boolean
  encoding: string | undefined
}

const digest = (text: string): Buffer => createHash('sha256').update(text).digest()

function credentials(request: IncomingMessage, search: URLSearchParams): [string, string] {
  const basic = /^Basic (.+)$/i.exec(request.headers.authorization ?? '')?.[1]
  if (basic !== undefined) {
    const [user = '', ...password] = Buffer.from(basic, 'base64').toString('utf8').split(':')
    return [user, password.join(':')]
  }
  const { 'x-clickhouse-user': user, 'x-clickhouse-key': key } = request.headers
  return [
    String(user ?? search.get('user') ?? 'default'),
    String(key ?? search.get('password') ?? ''),
  ]
}

/** There is one user, `default`, and one password. */
export function authenticate(
  request: IncomingMessage,
  search: URLSearchParams,
  password: string
): void {
  const [user, given] = credentials(request, search)
  if (user !== 'default' || !timingSafeEqual(digest(given), digest(password))) {
    throw refuse(516, `${user}: Authentication failed: password is incorrect`)
  }
}

const UNAVAILABLE = new Map([
  ['session_id', 'HTTP sessions'],
  ['role', 'roles'],
])

function sort(search: URLSearchParams): Pick<EngineRequest, 'settings' | 'params'> {
  const settings = new Map<string, string>()
  const params = new Map<string, string>()
  for (const [name, value] of search) {
    const missing = UNAVAILABLE.get(name)
    if (missing) throw refuse(48, `The embedded engine has no ${missing}`)
    if (name.startsWith('param_')) params.set(name.slice('param_'.length), value)
    else if (!HTTP_ONLY.has(name)) settings.set(name, value)
  }
  return { settings, params }
}

const DECODABLE = new Set(['gzip', 'deflate', 'br', 'zstd', 'lz4'])

function contentEncoding(request: IncomingMessage, search: URLSearchParams): string | undefined {
  const encoding = request.headers['content-encoding']
  if (search.get('decompress') === '1') {
    throw refuse(48, "The embedded engine does not take ClickHouse's own compression of a body")
  }
  if (encoding === undefined || encoding === 'identity') return undefined
  if (!DECODABLE.has(encoding)) throw refuse(48, `Unknown Content-Encoding ${encoding}`)
  return encoding
}

/** A header that may come instead of a URL parameter. */
function either(
  request: IncomingMessage,
  search: URLSearchParams,
  parameter: string,
  header: string
): string | undefined {
  const value = search.get(parameter) ?? request.headers[header]
  return value ? String(value) : undefined
}

function wantsGzip(request: IncomingMessage, search: URLSearchParams): boolean {
  const accepted = String(request.headers['accept-encoding'] ?? '')
  return search.get('enable_http_compression') === '1' && /\bgzip\b/.test(accepted)
}

/** Reads everything a request says, refusing what this engine cannot do rather than ignoring it. */
export function readRequest(request: IncomingMessage, search: URLSearchParams): EngineRequest {
  const { settings, params } = sort(search)
  // As on a server: GET never changes anything.
  if (request.method === 'GET' && !settings.has('readonly')) settings.set('readonly', '2')
  return {
    id: either(request, search, 'query_id', 'x-clickhouse-query-id') ?? randomUUID(),
    database: either(request, search, 'database', 'x-clickhouse-database'),
    settings,
    params,
    query: search.get('query') ?? undefined,
    defaultFormat:
      either(request, search, 'default_format', 'x-clickhouse-format') ?? 'TabSeparated',
    gzip: wantsGzip(request, search),
    waitEnd: search.get('wait_end_of_query') === '1',
    encoding: contentEncoding(request, search),
  }
}
