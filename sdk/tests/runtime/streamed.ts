import { SourceError } from '@analyticaflow/sdk'
import { makeHttp, noCredentials, type Transport } from '@analyticaflow/sdk/runtime'
import { sourceOf } from './vendor.ts'

/** Cuts a text into parts of so many bytes, which also cuts letters. */
export function* cut(text: string, size: number): Generator<Uint8Array> {
  const bytes = new TextEncoder().encode(text)
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}

/** A client whose vendor sends these chunks. */
export function over(chunks: Iterable<Uint8Array>) {
  const state = { sent: 0, closed: 0 }
  async function* body() {
    for (const chunk of chunks) {
      state.sent += 1
      yield chunk
    }
  }
  const transport: Transport = async () => ({
    status: 200,
    headers: {},
    body: body(),
    close: () => {
      state.closed += 1
    },
  })
  const http = makeHttp({
    source: sourceOf({
      baseUrl: 'https://api.example',
      classify: ({ body }) =>
        (body as { code?: number } | null)?.code === 429
          ? new SourceError('rate_limited', 'Slow down.')
          : undefined,
    }),
    config: {},
    transport,
    authorizer: noCredentials,
    signal: new AbortController().signal,
    log: () => undefined,
  })
  return { http, state }
}
