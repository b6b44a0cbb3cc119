import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { freePort, stopChild } from './server.ts'

const root = join(import.meta.dirname, '..', '..')

export interface Demo {
  url: string
  /** Where the simulated shop tells its truth. */
  sandbox: string
  email: string
  password: string
  stop: () => Promise<void>
}

const LINES = {
  sandbox: /^demo: +\d+ s {2}the vendors answer at (.*)$/,
  email: /^email: (.*)$/,
  password: /^password: (.*)$/,
  url: /^demo: +\d+ s {2}ready: (.*)$/,
}

/** `npm run demo` over a history of two months; what it knows is read from its standard output. */
export async function startDemo(dataDir: string): Promise<Demo> {
  const child = spawn(process.execPath, ['scripts/demo.mjs'], {
    cwd: root,
    env: {
      ...process.env,
      AF_DATA_DIR: dataDir,
      AF_DEMO_MONTHS: '2',
      HOST: '127.0.0.1',
      PORT: String(await freePort()),
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let said = ''
  child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()))
  const stop = () => stopChild(child)
  const found = { sandbox: '', email: '', password: '', url: '' }
  for await (const line of createInterface(child.stdout)) {
    said += `${line}\n`
    for (const [name, pattern] of Object.entries(LINES)) {
      found[name as keyof typeof LINES] ||= pattern.exec(line)?.[1] ?? ''
    }
    if (found.url !== '') break
  }
  if (Object.values(found).every((value) => value !== '')) return { ...found, stop }
  await stop()
  throw new Error(`The demo was not ready:\n${said}`)
}
