import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { createClient, type ClickHouseClient } from '@clickhouse/client'

export const root = fileURLToPath(new URL('../../', import.meta.url))
const BUILD_AND_START_MS = 300_000

/** An installation, started as a user would start it. */
export interface Installation {
  url: string
  /** Whether it was there before, with what an earlier bench has put into it. */
  isKnown: boolean
  /** The process of the server itself. */
  pid: number
  /** The same engine that it uses, spoken to directly. */
  clickhouse: ClickHouseClient
  stop: () => Promise<void>
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}

async function untilReady(url: string, server: ChildProcess): Promise<void> {
  const deadline = Date.now() + BUILD_AND_START_MS
  while (Date.now() < deadline) {
    if (server.exitCode !== null) throw new Error(`npm start ended with ${server.exitCode}`)
    const answer = await fetch(`${url}/health/ready`).catch(() => undefined)
    if (answer?.ok) return
    await sleep(200)
  }
  throw new Error('The server did not become ready')
}

function engineOf(dataDir: string): ClickHouseClient {
  const state = JSON.parse(readFileSync(join(dataDir, 'run/clickhouse.json'), 'utf8')) as {
    port: number
    password: string
  }
  return createClient({
    url: `http://127.0.0.1:${state.port}`,
    password: state.password,
    request_timeout: 600_000,
  })
}

/**
 * In `AF_DATA_DIR` where that is set, which then outlives it; in a directory of its own otherwise.
 *
 * @param settings further ones of the environment
 */
export async function startInstallation(
  settings: Record<string, string> = {}
): Promise<Installation> {
  const kept = process.env.AF_DATA_DIR
  const isKnown = kept !== undefined && existsSync(kept)
  const dataDir = kept ? resolve(kept) : await mkdtemp(join(tmpdir(), 'af-bench-'))
  const port = await freePort()
  const server = spawn(process.execPath, [join(root, 'scripts/start.mjs')], {
    cwd: root,
    // Reports are asked for more often than any one account may.
    env: {
      ...process.env,
      ...settings,
      AF_DATA_DIR: dataDir,
      PORT: String(port),
      LOG_LEVEL: 'error',
      AF_RATE_LIMIT_API: '1000000',
      AF_RATE_LIMIT_SIGN_IN: '1000000',
    },
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  const stop = async (): Promise<void> => {
    if (server.exitCode === null) {
      server.kill('SIGTERM')
      await once(server, 'exit')
    }
    if (!kept) await rm(dataDir, { recursive: true, force: true })
  }
  const url = `http://127.0.0.1:${port}`
  try {
    await untilReady(url, server)
    const clickhouse = engineOf(dataDir)
    const pid = server.pid ?? 0
    return { url, isKnown, pid, clickhouse, stop: () => clickhouse.close().then(stop) }
  } catch (error) {
    await stop()
    throw error
  }
}

/** Waits for what follows an import or a start, which must not slow down what is measured. */
export async function untilTidy({ clickhouse }: Installation): Promise<void> {
  const query = `SELECT (SELECT count() FROM system.parts WHERE active AND startsWith(table, 'stage_'))
    + (SELECT count() FROM system.merges) AS busy`
  for (;;) {
    const found = await clickhouse.query({ query, format: 'JSONEachRow' })
    const [state] = await found.json<{ busy: string }>()
    if (Number(state?.busy) === 0) return
    await sleep(100)
  }
}
