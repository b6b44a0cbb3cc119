import { spawn, type ChildProcess } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { closeSync, mkdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { extname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { setTimeout as sleep } from 'node:timers/promises'
import { z } from 'zod'
import type { DataDirectory } from '../directory.ts'
import { EmbeddedError } from '../errors.ts'
import { readJson, writeJson } from '../json_file.ts'
import { logTail, openLog } from '../log_file.ts'
import {
  identify,
  isRunning,
  stopProcess,
  type ProcessIdentity,
  type StopStep,
} from '../process.ts'
import type { EmbeddedDatabase } from '../supervisor.ts'
import { THREADS } from './limits.ts'

const State = z.object({
  pid: z.number(),
  startedAt: z.string(),
  port: z.number(),
  password: z.string(),
  build: z.string(),
})
type State = z.infer<typeof State>

// It kills its queries first, then closes the tables.
const STOP: readonly StopStep[] = [
  ['SIGTERM', 10_000],
  ['SIGKILL', 5_000],
]
const START_TIMEOUT_MS = 60_000

/** Tells engines of different versions of this application apart. */
function buildId(): string {
  const manifest = createRequire(import.meta.url)
    .resolve('chdb')
    .replace(/index\.m?js$/, 'package.json')
  const { version } = z
    .object({ version: z.string() })
    .parse(JSON.parse(readFileSync(manifest, 'utf8')))
  return `chdb ${version}, interface 1`
}

const urlOf = ({ port, password }: State): string => `http://default:${password}@127.0.0.1:${port}`

const asDatabase = (state: State): EmbeddedDatabase => ({
  name: 'ClickHouse',
  url: urlOf(state),
  process: { pid: state.pid, startedAt: state.startedAt },
})

async function answers(state: State): Promise<boolean> {
  const headers = { 'X-ClickHouse-User': 'default', 'X-ClickHouse-Key': state.password }
  const url = `http://127.0.0.1:${state.port}/?query=SELECT%201`
  return fetch(url, { headers, signal: AbortSignal.timeout(3000) }).then(
    async (response) => response.ok && (await response.text()) === '1\n',
    () => false
  )
}

/** The engine that already runs on this directory, and answers. */
export async function findClickHouse(
  directory: DataDirectory
): Promise<EmbeddedDatabase | undefined> {
  const state = State.safeParse(readJson(directory.clickhouseState)).data
  if (!state || !isRunning(state) || !(await answers(state))) return undefined
  return asDatabase(state)
}

function launch(directory: DataDirectory, port: number, password: string): ChildProcess {
  const main = fileURLToPath(new URL(`./main${extname(import.meta.url)}`, import.meta.url))
  const log = openLog(directory.clickhouseLog)
  const { PATH, HOME, NODE_V8_COVERAGE } = process.env
  const child = spawn(
    process.execPath,
    [main, directory.clickhouse, directory.clickhouseScratch, String(port)],
    {
      // A process group of its own: Ctrl-C reaches only the application, which stops it last.
      detached: true,
      stdio: ['ignore', log, log, 'ipc'],
      env: {
        PATH,
        HOME,
        ...(NODE_V8_COVERAGE === undefined ? {} : { NODE_V8_COVERAGE }),
        TZ: 'UTC',
        UV_THREADPOOL_SIZE: String(THREADS),
        AF_CLICKHOUSE_PASSWORD: password,
      },
    }
  )
  closeSync(log)
  child.unref()
  return child
}

async function listeningPort(child: ChildProcess, directory: DataDirectory): Promise<number> {
  const aborter = new AbortController()
  const { signal } = aborter
  try {
    const said: unknown = await Promise.race([
      once(child, 'message', { signal }).then(([message]: unknown[]) => message),
      once(child, 'exit', { signal }).then(() => undefined),
      sleep(START_TIMEOUT_MS, undefined, { signal }),
    ])
    return z.object({ port: z.number() }).parse(said).port
  } catch {
    child.kill('SIGKILL')
    throw new EmbeddedError('database_failed', `ClickHouse: ${logTail(directory.clickhouseLog)}`)
  } finally {
    aborter.abort()
  }
}

async function start(
  directory: DataDirectory,
  port: number,
  password: string
): Promise<EmbeddedDatabase> {
  mkdirSync(directory.clickhouse, { recursive: true, mode: 0o700 })
  const child = launch(directory, port, password)
  const state = { port: await listeningPort(child, directory), password, build: buildId() }
  const identity = child.pid === undefined ? undefined : identify(child.pid)
  if (!identity)
    throw new EmbeddedError('database_failed', `ClickHouse: ${logTail(directory.clickhouseLog)}`)
  writeJson(directory.clickhouseState, { ...identity, ...state })
  return asDatabase({ ...identity, ...state })
}

/**
 * Starts the engine, or adopts the one that a killed owner left behind. The address of the last
 * run is kept where it can be, so that other processes find the engine again after a restart.
 */
export async function startClickHouse(directory: DataDirectory): Promise<EmbeddedDatabase> {
  const last = State.safeParse(readJson(directory.clickhouseState)).data
  if (last && isRunning(last)) {
    if (last.build === buildId() && (await answers(last))) return asDatabase(last)
    await stopProcess(last, STOP)
  }
  const password = last?.password ?? randomBytes(24).toString('base64url')
  if (!last) return start(directory, 0, password)
  return start(directory, last.port, password).catch(() => start(directory, 0, password))
}

/** After a crash: the same address or an error, for clients keep the address. */
export async function restartClickHouse(directory: DataDirectory): Promise<EmbeddedDatabase> {
  const last = State.parse(readJson(directory.clickhouseState))
  return start(directory, last.port, last.password)
}

export function stopClickHouse(identity: ProcessIdentity): Promise<void> {
  return stopProcess(identity, STOP)
}
