/**
 * `npm run demo`: the product with one project that is connected to the sandbox, its history read by the
 * real connectors, and a user to sign in with. A later start finds all of it again.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import { resolve } from 'node:path'
import { Api } from './api.ts'
import { APPLICATIONS } from './applications.ts'
import { startProduct, startSandbox, type Child } from './child.ts'
import { connect, CONNECTIONS, demoProject, type Connection } from './project.ts'
import { demoState } from './state.ts'
import { sync } from './sync.ts'

const root = resolve(import.meta.dirname, '../..')
const port = process.env.PORT ?? '3333'
const origin = `http://127.0.0.1:${port}`
const dataDir = resolve(root, process.env.AF_DATA_DIR ?? 'var')

const began = performance.now()
const say = (text: string): void => {
  const seconds = Math.round((performance.now() - began) / 1000)
  process.stdout.write(`demo: ${String(seconds).padStart(3)} s  ${text}\n`)
}

async function answers(): Promise<boolean> {
  try {
    return (await fetch(`${origin}/health/ready`)).ok
  } catch {
    // Nobody listens yet.
    return false
  }
}

async function untilReady(product: Child): Promise<void> {
  while (!(await answers())) {
    if (product.process.exitCode !== null) throw new Error('The product did not start')
    await sleep(200)
  }
}

/** Connects one vendor and reads it. What fails is said; the others go on. */
async function bring(api: Api, project: string, connection: Connection): Promise<void> {
  const { type } = connection
  try {
    await sync(api, type, await connect(api, project, connection), say)
  } catch (error) {
    say(`${type}: left out: ${error instanceof Error ? error.message : String(error)}`)
  }
}

async function prepare(product: Child, { email, password }: { email: string; password: string }) {
  await untilReady(product)
  say('the product answers')
  const api = new Api(origin)
  await api.signIn(email, password)
  const project = await demoProject(api)
  await Promise.all(CONNECTIONS.map((connection) => bring(api, project, connection)))
}

const state = demoState(dataDir)
say(`a simulated shop since ${state.from}`)
const sandbox = await startSandbox(root, state.from)
say(`the vendors answer at ${sandbox.url}`)
const product = startProduct(root, {
  LOG_LEVEL: 'warn',
  ...process.env,
  ...APPLICATIONS,
  ...sandbox.env,
  PORT: port,
  AF_DATA_DIR: dataDir,
})

let isStopping = false
async function stop(code: number): Promise<void> {
  if (isStopping) return
  isStopping = true
  await product.stop()
  await sandbox.stop()
  process.exit(code)
}
process.on('SIGTERM', () => void stop(0)).on('SIGINT', () => void stop(0))
void product.ended.then((code) => void stop(code))

try {
  await prepare(product, state)
  process.stdout.write(`email: ${state.email}\npassword: ${state.password}\n`)
  say(`ready: ${origin}`)
} catch (error) {
  process.stderr.write(`demo: ${error instanceof Error ? error.message : String(error)}\n`)
  await stop(1)
}
