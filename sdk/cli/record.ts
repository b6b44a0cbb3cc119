import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { fetchTransport, type Transport } from '../src/runtime/index.ts'
import { loadSource } from './load.ts'
import { rerouted } from './record/recorder.ts'
import { Scrubber } from './record/scrubber.ts'
import { record } from './record/session.ts'
import { SettingsFile } from './record/settings.ts'

const OPTIONS = {
  settings: { type: 'string' },
  out: { type: 'string', default: 'cassettes/vendor.json' },
  hide: { type: 'string', multiple: true, default: [] as string[] },
  at: { type: 'string' },
} as const

/** `https://api.example.com=http://127.0.0.1:4000` */
function transportOf(at: string | undefined): Transport {
  if (at === undefined) return fetchTransport
  const [from = '', to = ''] = at.split('=', 2)
  if (URL.canParse(from) && URL.canParse(to)) return rerouted(fetchTransport, from, to)
  throw new Error('--at takes two addresses: --at https://api.example.com=http://127.0.0.1:4000')
}

/** @throws Error if a secret is left; then nothing is written */
function assertSealed(text: string, scrubber: Scrubber): void {
  if (!scrubber.hidden.some((secret) => text.includes(secret))) return
  throw new Error('A secret is left in the recording; nothing was written')
}

function listed(counts: ReadonlyMap<string, number>): string {
  const parts = [...counts].map(([what, count]) => `${count} × ${what}`)
  return parts.length === 0 ? 'nothing' : parts.join(', ')
}

/**
 * Records a vendor for a connector's contract.
 *
 * @param words of the command line: folder, `--settings`, `--out`, `--hide`, `--at`
 * @throws Error with what to do
 */
export async function recordPackage(words: string[], say: (line: string) => void): Promise<void> {
  const { values, positionals } = parseArgs({
    args: words,
    options: OPTIONS,
    allowPositionals: true,
  })
  if (values.settings === undefined) {
    throw new Error('Say where the credentials are: --settings FILE, outside of your repository')
  }
  const folder = resolve(positionals[0] ?? '.')
  const file = new SettingsFile(resolve(values.settings))
  const scrubber = new Scrubber(values.hide)
  const { cassette, hosts } = await record({
    source: await loadSource(folder),
    settings: file.read(),
    ...{ file, scrubber, say },
    transport: transportOf(values.at),
  })
  const text = `${JSON.stringify(cassette, null, 1)}\n`
  assertSealed(text, scrubber)
  const path = resolve(folder, values.out)
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, text)
  say(
    `${cassette.exchanges.length} requests of ${hosts.join(', ')}, ${Math.ceil(text.length / 1000)} kB: ${path}`
  )
  say(
    `Replaced: ${listed(scrubber.counts)}. Read the file before you commit it: names of people may stand in other fields (--hide FIELD).`
  )
}
