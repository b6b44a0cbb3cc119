import {
  ClickHouseLogLevel,
  createClient,
  type ClickHouseClient,
  type ClickHouseSettings,
} from '@clickhouse/client'

let client: ClickHouseClient | undefined
let openedFor = ''

/**
 * The one ClickHouse client of this process, over HTTP, to a server or to the embedded engine.
 * The address is read when it is needed: the embedded engine has one only once it runs.
 */
export function clickhouse(): ClickHouseClient {
  const url = process.env.CLICKHOUSE_URL
  if (!url) throw new Error('CLICKHOUSE_URL is not set and no embedded ClickHouse is running')
  if (client && openedFor === url) return client
  void client?.close()
  openedFor = url
  client = createClient({
    url,
    application: 'analyticaflow',
    request_timeout: 600_000,
    // Long lists of parameters do not fit into an address. Queries only: statements have no such way.
    use_multipart_params_auto: true,
    max_open_connections: 16,
    // Errors are thrown and logged where they are handled; the client's own log shows parameters.
    log: { level: ClickHouseLogLevel.OFF },
    // Spans of HTTP keep-alive must be shorter than the server's, or a request meets a closing socket.
    keep_alive: { enabled: true, idle_socket_ttl: 2000 },
    clickhouse_settings: {
      date_time_output_format: 'iso',
      // A hundred channel rules, named several times in one statement, are longer than the default.
      max_query_size: '4194304',
      output_format_json_quote_64bit_integers: 1,
      output_format_json_quote_decimals: 1,
    },
  })
  return client
}

/** Closes the client; the next use opens a new one. */
export async function closeClickhouse(): Promise<void> {
  const closing = client
  client = undefined
  await closing?.close()
}

export type Params = Record<string, unknown>

export interface CommandOptions {
  params?: Params
  settings?: ClickHouseSettings
  /** Names the statement in the engine, so that what a dead process left running can be stopped. */
  queryId?: string
}

/** Runs a statement that returns no rows. */
export async function command(query: string, options: CommandOptions = {}): Promise<void> {
  await clickhouse().command({
    query,
    ...(options.params && { query_params: options.params }),
    ...(options.settings && { clickhouse_settings: options.settings }),
    ...(options.queryId && { query_id: options.queryId }),
  })
}

/** Rows of a query as objects; 64-bit integers and decimals are strings. */
export async function rows<T>(query: string, params: Params = {}): Promise<T[]> {
  const result = await clickhouse().query({ query, query_params: params, format: 'JSONEachRow' })
  return result.json<T>()
}

/** Name of the database in use. */
export function databaseName(): string {
  return new URL(process.env.CLICKHOUSE_URL ?? 'http://localhost').pathname.slice(1) || 'default'
}
