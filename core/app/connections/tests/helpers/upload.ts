import { request } from 'node:http'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { dataDir } from '#shared/paths'
import { baseUrl } from '#tests/api'

/** A spec that fits the file below. */
export const spec = {
  kind: 'orders',
  name: 'shop',
  columns: { order_id: 'id', ordered_at: 'at', total: 'total' },
  constants: { currency: 'EUR' },
}

export const file = 'id,at,total\n1,2026-01-02T10:00:00Z,12.50\n2,2026-01-03T10:00:00Z,7.00\n'

export type Parts = [name: string, value: unknown, fileName?: string][]

/** A multipart body: texts and JSON as fields, what has a file name as a file. */
export function form(parts: Parts): FormData {
  const data = new FormData()
  for (const [name, value, fileName] of parts) {
    const text =
      typeof value === 'string' || value instanceof Uint8Array ? value : JSON.stringify(value)
    if (fileName !== undefined) data.append(name, new Blob([text]), fileName)
    else data.append(name, text)
  }
  return data
}

/** The usual upload. */
export const upload = (
  changes: Record<string, unknown> = {},
  content: string | Uint8Array = file
) =>
  form([
    ['spec', { ...spec, ...changes }],
    ['file', content, 'orders.csv'],
  ])

/** Everything in the upload store, half-received files included. */
export async function storedFiles(): Promise<string[]> {
  const root = join(dataDir(), 'uploads')
  const entries = await readdir(root, { recursive: true, withFileTypes: true }).catch(() => [])
  return entries.filter((entry) => entry.isFile()).map(({ name }) => name)
}

export interface RawAnswer {
  status: number
  body: Record<string, unknown>
}

const BOUNDARY = 'af-test-boundary'

/** Bytes of a multipart body around a streamed file. */
export async function* multipartBytes(
  content: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  end = true
): AsyncGenerator<Uint8Array> {
  const part = (disposition: string) =>
    `--${BOUNDARY}\r\nContent-Disposition: form-data; ${disposition}\r\n\r\n`
  yield Buffer.from(`${part('name="spec"')}${JSON.stringify(spec)}\r\n`)
  yield Buffer.from(part('name="file"; filename="big.csv"'))
  yield* content
  if (end) yield Buffer.from(`\r\n--${BOUNDARY}--\r\n`)
}

/** Sends a body as it comes, without a Content-Length. `hangUp`: the client goes before the answer. */
export async function streamUpload(
  projectId: string,
  token: string,
  bytes: AsyncIterable<Uint8Array>,
  { hangUp = false } = {}
): Promise<RawAnswer | undefined> {
  const sent = request(`${baseUrl()}/api/v1/projects/${projectId}/imports`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${token}`,
      'content-type': `multipart/form-data; boundary=${BOUNDARY}`,
    },
  })
  const answer = new Promise<RawAnswer>((resolve, reject) => {
    sent.on('error', reject)
    sent.on('response', (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.on('end', () => {
        const text = Buffer.concat(chunks).toString()
        resolve({ status: response.statusCode ?? 0, body: JSON.parse(text) as RawAnswer['body'] })
      })
    })
  })
  if (hangUp) {
    answer.catch(() => undefined)
    for await (const chunk of bytes) sent.write(chunk)
    await new Promise((resolve) => setTimeout(resolve, 50))
    sent.destroy()
    return undefined
  }
  // TRICKY: Node's client stops sending for good once it has an early answer, so nobody waits for it.
  pipeline(Readable.from(bytes), sent).catch(() => undefined)
  const told = await answer
  sent.destroy()
  return told
}
