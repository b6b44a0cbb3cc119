import { SourceError } from '../errors.ts'
import type { Received } from './body.ts'
import { judge, placeOf, type Call, type Client } from './client.ts'
import { failureOf } from './failures.ts'

/** Bytes of one line, or of what lies between two elements. */
export const LARGEST_ROW = 16 * 1024 * 1024

/** What reads values out of chunks of a body. */
export interface Reader {
  /** The values that the chunk completes. */
  write(chunk: Uint8Array): unknown[]
  /** The values that the end completes. @throws SourceError if it came too early */
  end(): unknown[]
}

/** What may be wrong with a body, in words of the source. */
export class Problems {
  readonly #client: Client
  readonly #call: Call

  constructor(client: Client, call: Call) {
    this.#client = client
    this.#call = call
  }

  malformed(): SourceError {
    const { title } = this.#client.source
    return new SourceError(
      'vendor_response',
      `${title} answered malformed JSON to ${placeOf(this.#call)}.`
    )
  }

  tooLarge(): SourceError {
    const { title } = this.#client.source
    return new SourceError(
      'vendor_response',
      `A row of ${title} is larger than ${LARGEST_ROW} bytes.`
    )
  }

  /** Bodies break off on the way: reading goes on later, where it stopped. */
  truncated(): SourceError {
    const { title } = this.#client.source
    return new SourceError(
      'vendor_unavailable',
      `An answer of ${title} ended too early. It goes on by itself.`
    )
  }

  /** What the vendor reports in the middle of a body of 200. */
  reported(response: Received, body: unknown): SourceError {
    const { title } = this.#client.source
    const answer = {
      status: response.status,
      headers: response.headers,
      body,
      now: this.#client.clock.now(),
    }
    return judge(this.#client, answer) ?? failureOf(answer, title, placeOf(this.#call))
  }
}
