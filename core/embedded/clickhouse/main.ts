/**
 * The embedded ClickHouse as a process: `main.ts <data directory> <scratch directory> <port>`.
 * Says `{ port }` to its parent when it listens, then lives on its own.
 */
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { Engine } from './engine.ts'
import { createHandler } from './handler.ts'
import { MAX_HEAD_BYTES, SLOTS } from './limits.ts'

const STOP_TIMEOUT_MS = 8000

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', () => {
      resolve((server.address() as AddressInfo).port)
    })
  })
}

async function main(dataDir: string, scratchDir: string, wanted: number): Promise<void> {
  const password = process.env.AF_CLICKHOUSE_PASSWORD
  if (!password) throw new Error('AF_CLICKHOUSE_PASSWORD is not set')
  delete process.env.AF_CLICKHOUSE_PASSWORD

  const engine = new Engine(dataDir, scratchDir, SLOTS)
  const handle = createHandler(engine, password)
  const server = createServer({ maxHeaderSize: MAX_HEAD_BYTES }, (request, response) => {
    // What fails outside of an answer (a malformed URL) costs its own connection only.
    handle(request, response).catch(() => response.destroy())
  })
  // Rows may arrive for hours; idle connections outlive the client's own limit of 2.5 s.
  server.requestTimeout = 0
  server.keepAliveTimeout = 30_000

  let stopping = false
  const stop = async () => {
    if (stopping) return
    stopping = true
    const closed = new Promise((resolve) => server.close(resolve))
    // TRICKY: the process could not end by itself while a query runs, killed or not.
    setTimeout(() => process.kill(process.pid, 'SIGKILL'), STOP_TIMEOUT_MS)
    await engine.close()
    // The killed queries' answers are on their way; idle connections are not waited for.
    server.closeIdleConnections()
    await Promise.race([closed, sleep(1000)])
    process.exit(0)
  }
  process.on('SIGTERM', () => void stop())
  process.on('SIGINT', () => void stop())

  const port = await listen(server, wanted)
  if (process.send) {
    process.send({ port }, () => {
      process.disconnect()
    })
  }
}

const [dataDir, scratchDir, port] = process.argv.slice(2)
if (!dataDir || !scratchDir)
  throw new Error('usage: main.ts <data directory> <scratch directory> [port]')
await main(dataDir, scratchDir, Number(port ?? 0))
