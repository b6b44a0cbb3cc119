import type { ItemOptions } from '../http.ts'
import type { Received } from './body.ts'
import { Problems, type Reader } from './body_reader.ts'
import { exchange, type Call, type Client } from './client.ts'
import { ItemReader } from './item_reader.ts'
import { LineReader } from './line_reader.ts'

async function* valuesOf(
  client: Client,
  call: Call,
  reader: (problems: Problems, response: Received) => Reader
): AsyncGenerator<unknown[]> {
  const take = (response: Received) => Promise.resolve(response)
  const { value: response, close } = await exchange(client, call, { take, isStream: true })
  try {
    if (response.status === 204) return
    const values = reader(new Problems(client, call), response)
    for await (const chunk of response.chunks()) yield values.write(chunk)
    yield values.end()
  } finally {
    await close()
  }
}

/** The lines of a JSONL body as values, as many at once as have come; blank lines do not count. */
export const lineValues = (client: Client, call: Call): AsyncGenerator<unknown[]> =>
  valuesOf(client, call, (problems) => new LineReader(problems))

/** The elements of the lists at `options.at`, as many at once as have come. */
export const itemValues = (
  client: Client,
  call: Call,
  options: ItemOptions
): AsyncGenerator<unknown[]> =>
  valuesOf(client, call, (problems, response) => new ItemReader(problems, response, options))
