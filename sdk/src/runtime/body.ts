import { SourceError } from '../errors.ts'
import type { Deadline } from './deadline.ts'
import type { TransportResponse } from './transport.ts'

/** An answer whose body waits to be read. */
export interface Received {
  status: number
  headers: Record<string, string>
  /** @throws SourceError `vendor_unavailable` if it breaks off */
  chunks(): AsyncGenerator<Uint8Array>
  close(): Promise<void>
}

/** Hides how the transport fails, whose errors may hold the URL. */
export function received(
  response: TransportResponse,
  deadline: Deadline,
  unavailable: (cause: unknown) => SourceError
): Received {
  let isClosed = false
  return {
    status: response.status,
    headers: response.headers,
    async *chunks() {
      const iterator = response.body[Symbol.asyncIterator]()
      try {
        for (;;) {
          const next = await deadline.guard(iterator.next(), unavailable)
          if (next.done === true) return
          yield next.value
        }
      } finally {
        // Not awaited: a body that keeps silent would not let go.
        iterator.return?.().catch(() => undefined)
      }
    },
    async close() {
      if (isClosed) return
      isClosed = true
      // Whoever closes wants nothing more of the answer, not even to know how it ended.
      await (async () => response.close())().catch(() => undefined)
    },
  }
}

/** The body as text. @throws SourceError `vendor_response` beyond `limit` bytes */
export async function readText(response: Received, limit: number, title: string): Promise<string> {
  const decoder = new TextDecoder()
  let text = ''
  let size = 0
  for await (const chunk of response.chunks()) {
    size += chunk.byteLength
    if (size > limit) {
      throw new SourceError(
        'vendor_response',
        `An answer of ${title} is larger than ${limit} bytes.`
      )
    }
    text += decoder.decode(chunk, { stream: true })
  }
  return text + decoder.decode()
}

/** JSON, or what makes it none. */
export type Parsed = { json: unknown } | { text: string }

/** `null` where there is no body, as with 204. */
export function parseJson(text: string): Parsed {
  if (text.trim() === '') return { json: null }
  try {
    return { json: JSON.parse(text) as unknown }
  } catch {
    return { text }
  }
}
