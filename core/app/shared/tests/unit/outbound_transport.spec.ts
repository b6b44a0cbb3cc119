import { once } from 'node:events'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { gzipSync } from 'node:zlib'
import { SourceError } from '@analyticaflow/sdk'
import { test } from '@japa/runner'
import type { Group } from '@japa/runner/core'
import { guardedTransport } from '../../outbound/guarded_transport.ts'

/** A server on loopback, and the settings of a test. */
function useServer(group: Group) {
  const held = { port: 0, asked: 0, answer: ((_, out) => out.end('ok')) as RequestListener }
  const server = createServer((request, response) => {
    held.asked += 1
    held.answer(request, response)
  })
  group.setup(async () => {
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    held.port = (server.address() as AddressInfo).port
  })
  group.each.setup(() => {
    held.asked = 0
    held.answer = (_, out) => out.end('ok')
    const before = process.env.AF_OUTBOUND_ALLOW
    return () => {
      process.env.AF_OUTBOUND_ALLOW = before ?? ''
    }
  })
  group.teardown(() => {
    server.closeAllConnections()
    server.close()
  })
  return held
}

const ask = (url: string, transport = guardedTransport()) =>
  transport({ method: 'GET', url, headers: {}, signal: AbortSignal.timeout(5000) })

async function bytesOf(answer: Awaited<ReturnType<typeof ask>>): Promise<string> {
  const chunks: Uint8Array[] = []
  for await (const chunk of answer.body) chunks.push(chunk)
  await answer.close()
  return Buffer.concat(chunks).toString()
}

async function refusal(asked: Promise<unknown>): Promise<SourceError> {
  try {
    await asked
  } catch (error) {
    if (error instanceof SourceError) return error
    throw error
  }
  throw new Error('It was not refused')
}

const at = (address: string) => ({ address, family: address.includes(':') ? 6 : 4 })

test.group('outgoing requests', (group) => {
  const server = useServer(group)
  const local = () => `http://127.0.0.1:${server.port}/`

  test('to {$self} go nowhere')
    .with([
      'https://127.0.0.1/',
      'https://2130706433/',
      'https://0x7f.1/',
      'https://[::1]/',
      'https://[::ffff:127.0.0.1]/',
      'https://169.254.169.254/latest/meta-data',
      'https://10.0.0.1/',
      'https://localhost/',
    ])
    .run(async ({ assert }, url) => {
      const target = url.replace(/\/(latest.*)?$/, `:${server.port}/`)
      const { code, userMessage } = await refusal(ask(target))
      assert.equal(code, 'config_invalid')
      assert.include(userMessage, 'AF_OUTBOUND_ALLOW')
      assert.equal(server.asked, 0)
    })

  test('plain http is for hosts that are allowed', async ({ assert }) => {
    assert.include((await refusal(ask(local()))).userMessage, 'https')
    process.env.AF_OUTBOUND_ALLOW = '127.0.0.0/8'
    assert.equal(await bytesOf(await ask(local())), 'ok')
  })

  test('a name that leads to a private address is refused, also where a public one is beside it', async ({
    assert,
  }) => {
    process.env.AF_OUTBOUND_ALLOW = ''
    const resolve = () => Promise.resolve([at('8.8.8.8'), at('127.0.0.1')])
    const asked = ask(`https://shop.example:${server.port}/`, guardedTransport(resolve))
    assert.include((await refusal(asked)).userMessage, 'shop.example')
    assert.equal(server.asked, 0)
  })

  test('a name that changes its address after it was looked at leads nowhere else', async ({
    assert,
  }) => {
    // A public name at first, as a check would see it; then this machine.
    const answers = [[at('8.8.8.8')], [at('127.0.0.1')]]
    let looked = 0
    const resolve = () => {
      looked += 1
      return Promise.resolve(answers[Math.min(looked, answers.length) - 1] ?? [])
    }
    const transport = guardedTransport(resolve)
    const sent = (signal: AbortSignal) =>
      transport({ method: 'GET', url: `https://shop.example:${server.port}/`, headers: {}, signal })
    // The address that was looked at is the one that is connected to; nothing answers there.
    await assert.rejects(() => sent(AbortSignal.timeout(300)))
    const { code } = await refusal(sent(AbortSignal.timeout(5000)))
    assert.equal(code, 'config_invalid')
    assert.equal(looked, 2)
    assert.equal(server.asked, 0)
  })

  test('an allowed name may lead into the own network, and no other', async ({ assert }) => {
    process.env.AF_OUTBOUND_ALLOW = 'shop.internal'
    const resolve = () => Promise.resolve([at('127.0.0.1')])
    const transport = guardedTransport(resolve)
    assert.equal(await bytesOf(await ask(`http://shop.internal:${server.port}/`, transport)), 'ok')
    await refusal(ask(`https://other.internal:${server.port}/`, transport))
    assert.equal(server.asked, 1)
  })

  test('redirects are handed back, and packed answers unpacked', async ({ assert }) => {
    process.env.AF_OUTBOUND_ALLOW = '127.0.0.1'
    server.answer = (_, out) =>
      out
        .writeHead(302, { location: 'http://169.254.169.254/', 'content-encoding': 'gzip' })
        .end(gzipSync('elsewhere'))
    const answer = await ask(local())
    assert.equal(answer.status, 302)
    assert.equal(answer.headers.location, 'http://169.254.169.254/')
    assert.equal(await bytesOf(answer), 'elsewhere')
    assert.equal(server.asked, 1)
  })
})
