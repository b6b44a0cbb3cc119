import { SourceError } from '../errors.ts'
import type { Answer } from '../http.ts'
import { parseJson, readText, type Received } from './body.ts'
import { exchange, judge, placeOf, type Call, type Client, type Use } from './client.ts'

/** Bytes of an answer that is read whole. */
const LARGEST = 64 * 1024 * 1024

/** A body that is read whole: JSON, judged by the source before anything is made of it. */
function wholeJson(call: Call): Use<Answer<unknown>> {
  return {
    async take(response: Received, client: Client) {
      const { status, headers } = response
      const { title } = client.source
      const parsed = parseJson(await readText(response, call.maxBytes ?? LARGEST, title))
      const isJson = 'json' in parsed
      const body = isJson ? parsed.json : parsed.text
      const refusal = judge(client, { status, headers, body, now: client.clock.now() })
      if (refusal !== undefined) throw refusal
      if (isJson) return { status, headers, body }
      const type = headers['content-type']?.replace(/;.*$/s, '') ?? 'something'
      throw new SourceError(
        'vendor_response',
        `${title} answered ${type} instead of JSON to ${placeOf(call)}.`,
        { status }
      )
    },
  }
}

/** One request whose answer is JSON, or nothing. */
export async function askJson(client: Client, call: Call): Promise<Answer<unknown>> {
  const { value } = await exchange(client, call, wholeJson(call))
  return value
}
