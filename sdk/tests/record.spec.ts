import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { test } from '@japa/runner'
import type { Transport } from '@analyticaflow/sdk/runtime'
import { cassette, contract } from '@analyticaflow/sdk/testing'
import { Scrubber } from '../cli/record/scrubber.ts'
import { record } from '../cli/record/session.ts'
import harbour from './testing/harbour.ts'
import { spec } from './testing/harbour_contract.ts'

const sdk = join(import.meta.dirname, '..')
const KEY = 'live/key+4f1c9a77de'

/** A folder from which packages are found as from any other. */
function temporary(): string {
  mkdirSync(join(sdk, 'tmp'), { recursive: true })
  return mkdtempSync(join(sdk, 'tmp/record-'))
}

/** The command, as a shell starts it; the vendor answers meanwhile. */
async function run(folder: string, ...words: string[]) {
  const command = ['--conditions=af-source', join(sdk, 'cli/main.ts'), ...words]
  const child = spawn(process.execPath, command, { cwd: folder })
  let output = ''
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (text: Buffer) => (output += text.toString()))
  const [status] = (await once(child, 'close')) as [number]
  return { status, output }
}

const order = (number: number) => ({
  id: `o${number}`,
  created_at: `2026-03-0${number}T10:00:00.000Z`,
  updated_at: `2026-03-0${number}T10:00:00.000Z`,
  total: '12.50',
  currency: 'EUR',
  email: 'Rosa.Lind@harbour-mail.test',
  customer: { firstName: 'Rosa', phone: '+49 151 2345678', note: 'ring twice' },
  invoice_url: 'https://files.example.com/i.pdf?id=1&X-Signature=0f3e9b1c',
})

/** The vendor of the scaffold, which is busy once and quotes the key it was given. */
async function vendor() {
  const refused: string[] = []
  let calls = 0
  const answer = (request: IncomingMessage, response: ServerResponse) => {
    calls += 1
    const url = new URL(request.url ?? '', 'http://vendor')
    const say = (status: number, json: unknown, headers = {}) =>
      response
        .writeHead(status, { 'content-type': 'application/json', 'set-cookie': 's=1', ...headers })
        .end(JSON.stringify(json))
    if (request.headers.authorization !== `Bearer ${KEY}`) {
      refused.push(url.pathname)
      return say(401, {})
    }
    if (calls === 2) return say(429, {}, { 'retry-after': '0' })
    if (url.pathname === '/v1/me') return say(200, { id: '1', key: KEY })
    const after = Number(url.searchParams.get('after') ?? 0)
    const all = [1, 2, 3, 4, 5, 6, 7].map(order)
    const since = url.searchParams.get('since') ?? ''
    const rest = all.filter(({ updated_at }) => updated_at >= since)
    const next = after + 3 < rest.length ? String(after + 3) : null
    return say(200, { data: rest.slice(after, after + 3), next }, { 'x-rate-limit': '9' })
  }
  const server = createServer(answer).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return { url: `http://127.0.0.1:${port}`, refused, close: () => server.close() }
}

const CONTRACT = `import { cassette } from '@analyticaflow/sdk/testing'
export default cassette(new URL('cassettes/vendor.json', import.meta.url))
`

test.group('aflow-source record', () => {
  test('records a vendor without its secrets and people, for a contract that holds', async ({
    assert,
    cleanup,
  }) => {
    const [folder, { url, refused, close }] = [temporary(), await vendor()]
    cleanup(() => {
      close()
      rmSync(folder, { recursive: true })
    })
    const settings = join(folder, 'settings.json')
    writeFileSync(settings, JSON.stringify({ config: { api_key: KEY } }))
    await run(folder, 'create', 'tide-shop')
    const own = join(folder, 'tide-shop')
    const at = `https://api.example.com=${url}`
    const recorded = await run(own, 'record', '--settings', settings, '--hide', 'note', '--at', at)
    assert.equal(recorded.status, 0, recorded.output)
    assert.include(recorded.output, 'orders: 7 rows')
    assert.include(recorded.output, 'e-mail addresses')
    assert.deepEqual(refused, [])

    const text = readFileSync(join(own, 'cassettes/vendor.json'), 'utf8')
    const left = [KEY, encodeURIComponent(KEY), 'Rosa', 'Lind', 'harbour-mail', '2345678', 'twice']
    for (const part of [...left, '0f3e9b1c', 'set-cookie', 'authorization', '429', '127.0.0.1'])
      assert.notInclude(text, part)
    for (const part of ['"o7"', '12.50', 'EUR', 'x-rate-limit', '+']) assert.include(text, part)
    const mails = new Set(text.match(/[\w-]+@[\w.]+/g))
    assert.lengthOf([...mails], 1, 'one person stays one person')

    writeFileSync(join(own, 'contract.ts'), CONTRACT)
    const tested = await run(own, 'test')
    assert.equal(tested.status, 0, tested.output)
    assert.include(tested.output, 'All contracts hold.')

    const source = join(own, 'index.ts')
    const other = readFileSync(source, 'utf8').replace(`sort: 'updated_at'`, `sort: 'id'`)
    writeFileSync(source, other)
    const asked = await run(own, 'test')
    assert.equal(asked.status, 1)
    assert.include(asked.output, 'The recording has no answer to GET /orders?sort=id')
  }).timeout(600_000)

  test('wrong credentials and wrong settings record nothing and show nothing', async ({
    assert,
    cleanup,
  }) => {
    const [folder, { url, close }] = [temporary(), await vendor()]
    cleanup(() => {
      close()
      rmSync(folder, { recursive: true })
    })
    await run(folder, 'create', 'tide-shop')
    const own = join(folder, 'tide-shop')
    const settings = join(folder, 'settings.json')
    const attempt = async (content: object) => {
      writeFileSync(settings, JSON.stringify(content))
      const at = `https://api.example.com=${url}`
      const { status, output } = await run(own, 'record', '--settings', settings, '--at', at)
      assert.equal(status, 1)
      assert.notInclude(output, 'secret-of-mine')
      assert.throws(() => readFileSync(join(own, 'cassettes/vendor.json')))
      return output
    }
    assert.include(await attempt({ config: { api_key: 'secret-of-mine-9' } }), 'Tide Shop')
    assert.include(await attempt({ config: { api_key: 7, other: 'secret-of-mine' } }), '“api_key”')
    assert.include(await attempt({ apiKey: 'secret-of-mine' }), 'settings.json')
    assert.include((await run(own, 'record')).output, '--settings')
  }).timeout(600_000)

  test('keeps rotated tokens before they are used, and none in the recording', async ({
    assert,
    cleanup,
  }) => {
    const folder = temporary()
    cleanup(() => rmSync(folder, { recursive: true }))
    const kept: string[] = []
    const tables = { leads: [], insights: [], campaigns: [] }
    const tokens = ['rotated-access-2', 'rotated-access-3']
    let valid = 'first-access-token'
    const transport: Transport = async ({ url, method, headers }) => {
      const { pathname, searchParams, host } = new URL(url)
      const reply = async () => {
        if (host.startsWith('login')) {
          valid = tokens.shift() ?? ''
          return { json: { access_token: valid, refresh_token: `refresh-of-${valid}` } }
        }
        if (headers.authorization !== `Bearer ${valid}`) return { status: 401 }
        assert.isTrue(valid.startsWith('first') || kept.includes(valid))
        return spec.vendor(
          {
            method,
            path: pathname.replace('/2026-04', ''),
            query: Object.fromEntries(searchParams),
            headers,
            body: null,
            url: new URL(url),
            now: new Date(),
          },
          tables
        )
      }
      const { status = 200, json = {} } = await reply()
      const bytes = new TextEncoder().encode(JSON.stringify(json))
      const body = (async function* () {
        yield bytes
      })()
      return {
        status,
        headers: { 'content-type': 'application/json' },
        body,
        close: () => undefined,
      }
    }
    const made = await record({
      source: harbour,
      settings: {
        config: spec.config,
        auth: 0,
        application: { clientId: 'app', clientSecret: 'app-secret-31' },
        tokens: { accessToken: 'ended-access-token', refreshToken: 'first-refresh' },
        timezone: 'Europe/Berlin',
        currency: 'EUR',
      },
      file: { keepTokens: ({ accessToken }) => void kept.push(accessToken) },
      scrubber: new Scrubber(),
      transport,
      say: () => undefined,
    })
    assert.deepEqual(kept, ['rotated-access-2'])
    const text = JSON.stringify(made.cassette)
    for (const secret of [
      'rotated-access',
      'first-refresh',
      'app-secret',
      'harbour-webhook-secret',
    ])
      assert.notInclude(text, secret)
    const file = join(folder, 'harbour.json')
    writeFileSync(file, text)
    const replayed = cassette(pathToFileURL(file), {
      badCases: spec.badCases ?? [],
      ...(spec.webhooks && { webhooks: spec.webhooks }),
    })
    for (const id of ['check', 'auth', 'resume', 'secrets']) {
      const one = contract(harbour, replayed).find((candidate) => candidate.id === id)
      await one?.run()
    }
  })
})
