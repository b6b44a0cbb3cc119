import { SourceError } from '@analyticaflow/sdk'
import type { Transport, TransportRequest } from '@analyticaflow/sdk/runtime'
import { Agent, interceptors, request, type Dispatcher } from 'undici'
import {
  guardedConnector,
  HostRefused,
  systemResolver,
  type Resolver,
} from './guarded_connector.ts'
import { outboundSettings } from './settings.ts'
import { redirectToDouble } from './vendor_base_urls.ts'

/** A request that is still going on after so long is given up, however much of it has come. */
const LONGEST_MS = 60 * 60 * 1000

function refusal(host: string): SourceError {
  const message = `“${host}” leads into a network of its own, where requests may not go. The operator can allow it with AF_OUTBOUND_ALLOW.`
  return new SourceError('config_invalid', message)
}

function assertSecure({ protocol, hostname }: URL): void {
  if (protocol === 'https:') return
  if (protocol === 'http:' && outboundSettings().allowed.allowsHost(hostname)) return
  const message = `“${hostname}” has to be asked over https. The operator can allow plain http with AF_OUTBOUND_ALLOW.`
  throw new SourceError('config_invalid', message)
}

function refusedHost(error: unknown): string | undefined {
  if (error instanceof HostRefused) return error.host
  // Several addresses of one host may have been tried at once.
  if (error instanceof AggregateError) return error.errors.map(refusedHost).find(Boolean)
  return error instanceof Error ? refusedHost(error.cause) : undefined
}

function headersOf(answer: Dispatcher.ResponseData): Record<string, string> {
  return Object.fromEntries(
    Object.entries(answer.headers).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, Array.isArray(value) ? value.join(', ') : value]]
    )
  )
}

function makeAgent(resolve: Resolver): Dispatcher {
  const connect = guardedConnector(() => outboundSettings().allowed, resolve)
  return new Agent({
    connect,
    connections: 32,
    headersTimeout: 300_000,
    bodyTimeout: 300_000,
    maxResponseSize: -1,
  }).compose(interceptors.decompress({ skipErrorResponses: false }))
}

async function send(
  { url, method, headers, body, signal }: TransportRequest,
  dispatcher: Dispatcher
): Promise<Dispatcher.ResponseData> {
  const meant = new URL(url)
  const target = redirectToDouble(meant, outboundSettings().doubles)
  assertSecure(target)
  try {
    return await request(target, {
      dispatcher,
      method,
      headers: {
        'accept-encoding': 'gzip, deflate, br',
        'user-agent': 'AnalyticaFlow',
        ...headers,
        ...(target !== meant && { 'x-forwarded-host': meant.host }),
      },
      signal: AbortSignal.any([signal, AbortSignal.timeout(LONGEST_MS)]),
      ...(body !== undefined && { body }),
    })
  } catch (error) {
    const host = refusedHost(error)
    throw host === undefined ? error : refusal(host)
  }
}

/**
 * The one way out: connects to public addresses only (and to those in AF_OUTBOUND_ALLOW), checked
 * at the moment of connecting, and follows no redirect: whoever does sends another request through here.
 */
export function guardedTransport(resolve: Resolver = systemResolver): Transport {
  const dispatcher = makeAgent(resolve)
  return async (sent) => {
    const answer = await send(sent, dispatcher)
    return {
      status: answer.statusCode,
      headers: headersOf(answer),
      body: answer.body,
      close: () => {
        // TRICKY: an aborted body reports its end as an error, which nobody is interested in.
        answer.body.on('error', () => undefined).destroy()
      },
    }
  }
}

let shared: Transport | undefined

/** The transport of this process, with its pool of connections. */
export const outboundTransport: Transport = (sent) => {
  shared ??= guardedTransport()
  return shared(sent)
}
