import type { Context } from '@analyticaflow/sdk'
import { fetchTransport, makeHttp, putSecret, systemClock } from '@analyticaflow/sdk/runtime'
import type { Sandbox } from '@analyticaflow/sandbox'
import { Config } from '../src/config.ts'
import source from '../src/index.ts'

/** The one shop of the sandbox. */
export const SHOP_DOMAIN = 'harbour-coffee.myshopify.com'

/** Turns the clock of the sandbox, makes things happen, or asks what is true. */
export async function control(sandbox: Sandbox, path: string, body?: object): Promise<unknown> {
  const headers = { 'content-type': 'application/json' }
  const request = body && { method: 'POST', headers, body: JSON.stringify(body) }
  const response = await fetch(`${sandbox.url}/control/${path}`, request)
  const text = await response.text()
  if (!response.ok) throw new Error(`${path}: ${response.status} ${text}`)
  return text === '' ? null : JSON.parse(text)
}

/** A connection to the shop of the sandbox, with a token of an hour. */
export async function connectTo(sandbox: Sandbox): Promise<Context<typeof Config>> {
  const issued = (await control(sandbox, 'shopify/grant', {})) as { access_token: string }
  const config = Config.parse({ shop: SHOP_DOMAIN, access_token: issued.access_token })
  const { signal } = new AbortController()
  const now = () => new Date(sandbox.clock.now() * 1000)
  const behind = now().getTime() - Date.now()
  const log = () => undefined
  const http = makeHttp({
    source,
    config,
    // Pauses of the double are real, but it may be of another day.
    clock: { now: () => new Date(Date.now() + behind), sleep: systemClock.sleep },
    signal,
    log,
    authorizer: {
      apply: async (request) => {
        const place = { in: 'header', name: 'X-Shopify-Access-Token' } as const
        putSecret(request, place, config.access_token ?? '')
        return ''
      },
      refresh: async () => false,
    },
    transport: ({ url, ...request }) => {
      const { host, pathname, search } = new URL(url)
      return fetchTransport({ ...request, url: `${sandbox.url}/${host}${pathname}${search}` })
    },
  })
  const file = () => {
    throw new Error('There are no files')
  }
  return { config, http, signal, now, log, file, timezone: 'Europe/Berlin', currency: 'EUR' }
}
