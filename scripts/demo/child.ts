import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'

/** A process of the demo that ends with it. */
export interface Child {
  process: ChildProcess
  ended: Promise<number>
  stop: () => Promise<void>
}

function childOf(process_: ChildProcess): Child {
  const ended = once(process_, 'exit').then(([code]) => (code as number | null) ?? 0)
  return {
    process: process_,
    ended,
    stop: async () => {
      process_.kill('SIGTERM')
      await ended
    },
  }
}

/** The product, as `npm start` starts it. What it logs goes where errors go: the lines of the demo stand alone. */
export function startProduct(root: string, env: NodeJS.ProcessEnv): Child {
  const child = spawn(process.execPath, ['scripts/start.mjs'], {
    cwd: root,
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  child.stdout.pipe(process.stderr, { end: false })
  return childOf(child)
}

export interface RunningSandbox extends Child {
  /** Where its truth can be asked. */
  url: string
  /** Settings that send a product to it. */
  env: Record<string, string>
}

/** A shop of some 3,000 orders, which a small machine reads within the two minutes that a demo may take. */
const DEMO = ['--people-per-day', '16']
const SANDBOX = ['plugins/sandbox/src/main.ts', '--port', '0']

/** What the sandbox says once it listens. @throws Error if it ends before */
async function addressesIn(output: Readable): Promise<Pick<RunningSandbox, 'env' | 'url'>> {
  const env: Record<string, string> = {}
  let url = ''
  for await (const line of createInterface(output)) {
    url = /^sandbox: (.*)$/.exec(line)?.[1] ?? url
    const [, name, value] = /^(AF_\w+)=(.*)$/.exec(line) ?? []
    if (name !== undefined && value !== undefined) env[name] = value
    if (name === 'AF_VENDOR_BASE_URLS') break
  }
  if (env.AF_VENDOR_BASE_URLS === undefined) throw new Error('The sandbox did not start')
  return { env, url }
}

/** The vendors' doubles over the shop that begins on a day, of the demo's size unless given. */
export async function startSandbox(
  root: string,
  from: string,
  size: readonly string[] = DEMO
): Promise<RunningSandbox> {
  const child = spawn(process.execPath, [...SANDBOX, ...size, '--from', from], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const { env, url } = await addressesIn(child.stdout)
  child.stdout.resume()
  return { ...childOf(child), env, url }
}
