import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createClient, type ClickHouseClient } from '@clickhouse/client'
import { startClickHouse, stopClickHouse } from '../clickhouse/launcher.ts'
import { dataDirectory, prepareDirectory } from '../directory.ts'

/** A request whose headers can be added to. */
interface PlainRequest extends RequestInit {
  headers?: Record<string, string>
}

/** A running engine of a test's own, and the ordinary client for it. */
export interface TestEngine {
  url: URL
  pid: number
  client: ClickHouseClient
  /** Rows of a query as objects. */
  rows: <Row = Record<string, unknown>>(query: string) => Promise<Row[]>
  run: (query: string) => Promise<unknown>
  /** A request as curl would send it. */
  raw: (search: Record<string, string>, init?: PlainRequest) => Promise<Response>
  stop: () => Promise<void>
}

/** A directory that goes away with its test. */
export function temporaryDirectory(): { path: string; remove: () => void } {
  const path = mkdtempSync(join(tmpdir(), 'af-embedded-'))
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) }
}

/** A client that keeps quiet about the errors that tests provoke. */
export function quietClient(url: string, options: Parameters<typeof createClient>[0] = {}) {
  return createClient({ url, log: { level: 127 }, request_timeout: 60_000, ...options })
}

export async function startEngine(): Promise<TestEngine> {
  const { path, remove } = temporaryDirectory()
  const directory = dataDirectory(path)
  prepareDirectory(directory)
  const database = await startClickHouse(directory)
  const client = quietClient(database.url)
  const url = new URL(database.url)
  const authorization = `Basic ${btoa(`${url.username}:${url.password}`)}`
  return {
    url,
    pid: database.process.pid,
    client,
    rows: async <Row>(query: string) => {
      const answer = await client.query({ query, format: 'JSONEachRow' })
      return answer.json<Row>()
    },
    run: (query) => client.command({ query }),
    raw: (search, init = {}) => {
      const target = `http://${url.host}/?${new URLSearchParams(search).toString()}`
      return fetch(target, { ...init, headers: { authorization, ...init.headers } })
    },
    stop: async () => {
      await client.close()
      await stopClickHouse(database.process)
      remove()
    },
  }
}

/** Asks until the answer is right, for what happens soon after. */
export async function eventually(condition: () => Promise<boolean>): Promise<void> {
  for (const until = Date.now() + 10_000; Date.now() < until;) {
    if (await condition()) return
    await new Promise((resolve) => setTimeout(resolve, 25))
  }
  throw new Error('this should have become true within ten seconds')
}
