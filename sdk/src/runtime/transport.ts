/** One request, ready to be sent. */
export interface TransportRequest {
  method: string
  /** With scheme and host; may hold secrets, so it belongs into no log. */
  url: string
  headers: Record<string, string>
  body?: string
  /** Aborts the request and the reading of its answer. */
  signal: AbortSignal
}

/** Status, headers and the body as it comes. */
export interface TransportResponse {
  status: number
  /** Lower-case names; several values of one name joined by `, `. */
  headers: Record<string, string>
  /** Decoded (no content encoding), read at most once. */
  body: AsyncIterable<Uint8Array>
  /** Gives the connection back; called once, whether the body was read or not. */
  close(): Promise<void> | void
}

/**
 * Sends one request and follows no redirect. A `SourceError` that it throws is final (a host that
 * may not be called); anything else counts as trouble on the network, and may be tried again.
 */
export type Transport = (request: TransportRequest) => Promise<TransportResponse>

async function* bytesOf(body: ReadableStream<Uint8Array> | null): AsyncGenerator<Uint8Array> {
  if (body !== null) yield* body
}

/** The `fetch` of Node, for tools on a developer's machine: unlike the core's it guards no hosts. */
export const fetchTransport: Transport = async ({ url, ...request }) => {
  const response = await fetch(url, { ...request, redirect: 'manual' })
  return {
    status: response.status,
    headers: Object.fromEntries(response.headers),
    body: bytesOf(response.body),
    close: () => (response.body?.locked === true ? undefined : response.body?.cancel()),
  }
}
