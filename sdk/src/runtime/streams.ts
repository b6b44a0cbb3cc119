import { JSONParser } from '@streamparser/json'
import { SourceError } from '../errors.ts'
import type { ItemOptions } from '../http.ts'
import type { Received } from './body.ts'
import { exchange, judge, placeOf, type Call, type Client } from './client.ts'
import { failureOf } from './failures.ts'

/** Bytes of one line, or of what lies between two elements. */
const LARGEST_ROW = 16 * 1024 * 1024

/** What reads values out of chunks of a body. */
interface Reader {
  /** The values that the chunk completes. */
  write(chunk: Uint8Array): unknown[]
  /** The values that the end completes. @throws SourceError if it came too early */
  end(): unknown[]
}

class Problems {
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

class LineReader implements Reader {
  readonly #decoder = new TextDecoder()
  readonly #problems: Problems
  /** Parts of a line whose end has not come: joined once, however many they are. */
  #parts: string[] = []
  #held = 0

  constructor(problems: Problems) {
    this.#problems = problems
  }

  write(chunk: Uint8Array): unknown[] {
    const lines = this.#decoder.decode(chunk, { stream: true }).split('\n')
    const rest = lines.pop() ?? ''
    const whole = lines.length === 0 ? [] : [this.#join(lines[0] ?? ''), ...lines.slice(1)]
    this.#parts.push(rest)
    this.#held += rest.length
    if (this.#held > LARGEST_ROW) throw this.#problems.tooLarge()
    return this.#parsed(whole, this.#problems.malformed())
  }

  end(): unknown[] {
    return this.#parsed([this.#join(this.#decoder.decode())], this.#problems.truncated())
  }

  #join(end: string): string {
    const line = this.#parts.join('') + end
    this.#parts = []
    this.#held = 0
    return line
  }

  #parsed(lines: string[], problem: SourceError): unknown[] {
    try {
      return lines.filter((line) => line.trim() !== '').map((line) => JSON.parse(line) as unknown)
    } catch {
      throw problem
    }
  }
}

const selector = (path: string): string => (path === '' ? '$' : `$.${path}`)

class ItemReader implements Reader {
  readonly #parser: JSONParser
  readonly #problems: Problems
  #values: unknown[] = []
  #failure: SourceError | undefined
  #silent = 0
  #isStarted = false

  constructor(problems: Problems, response: Received, { at, failureAt }: ItemOptions) {
    this.#problems = problems
    const rows = `${selector(at)}.*`
    const paths = failureAt === undefined ? [rows] : [rows, selector(failureAt)]
    const depth = at === '' ? 1 : at.split('.').length + 1
    this.#parser = new JSONParser({ paths, keepStack: false })
    this.#parser.onValue = ({ value, key, stack }) => {
      if (stack.length === depth && typeof key === 'number') this.#values.push(value)
      else this.#failure ??= problems.reported(response, value)
    }
  }

  write(chunk: Uint8Array): unknown[] {
    // A byte order mark is no JSON.
    const bytes = this.#isStarted ? chunk : withoutMark(chunk)
    this.#isStarted ||= bytes.length > 0
    try {
      this.#parser.write(bytes)
    } catch {
      throw this.#failure ?? this.#problems.malformed()
    }
    return this.#take(chunk.length)
  }

  end(): unknown[] {
    if (!this.#parser.isEnded) throw this.#failure ?? this.#problems.truncated()
    return this.#take(0)
  }

  #take(bytes: number): unknown[] {
    if (this.#failure !== undefined) throw this.#failure
    const values = this.#values
    this.#values = []
    this.#silent = values.length > 0 ? 0 : this.#silent + bytes
    if (this.#silent > LARGEST_ROW) throw this.#problems.tooLarge()
    return values
  }
}

const MARK = [0xef, 0xbb, 0xbf]

const withoutMark = (chunk: Uint8Array): Uint8Array =>
  MARK.every((byte, index) => chunk[index] === byte) ? chunk.subarray(MARK.length) : chunk

async function* valuesOf(
  client: Client,
  call: Call,
  reader: (problems: Problems, response: Received) => Reader
): AsyncGenerator {
  const take = (response: Received) => Promise.resolve(response)
  const { value: response, close } = await exchange(client, call, { take, isStream: true })
  try {
    if (response.status === 204) return
    const values = reader(new Problems(client, call), response)
    for await (const chunk of response.chunks()) yield* values.write(chunk)
    yield* values.end()
  } finally {
    await close()
  }
}

/** The lines of a JSONL body as values; blank lines do not count. */
export const lineValues = (client: Client, call: Call): AsyncGenerator =>
  valuesOf(client, call, (problems) => new LineReader(problems))

/** The elements of the lists at `options.at`. */
export const itemValues = (client: Client, call: Call, options: ItemOptions): AsyncGenerator =>
  valuesOf(client, call, (problems, response) => new ItemReader(problems, response, options))
