import { JSONParser } from '@streamparser/json'
import type { SourceError } from '../errors.ts'
import type { ItemOptions } from '../http.ts'
import { parseJson, type Received } from './body.ts'
import { LARGEST_ROW, type Problems, type Reader } from './body_reader.ts'

const selector = (path: string): string => (path === '' ? '$' : `$.${path}`)

/** Elements of lists in one JSON value. */
export class ItemReader implements Reader {
  readonly #parser: JSONParser
  readonly #problems: Problems
  readonly #response: Received
  readonly #opening: number
  #values: unknown[] = []
  #failure: SourceError | undefined
  #silent = 0
  #isStarted = false
  /** The body, where it is not the list or object that the path begins with. */
  #other: Uint8Array[] | undefined

  constructor(problems: Problems, response: Received, { at, failureAt }: ItemOptions) {
    this.#problems = problems
    this.#response = response
    this.#opening = (at === '' || at.startsWith('*') ? '[' : '{').charCodeAt(0)
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
    const bytes = this.#isStarted ? chunk : this.#begin(chunk)
    if (this.#other === undefined) this.#parse(bytes)
    else this.#other.push(bytes)
    return this.#take(chunk.length)
  }

  end(): unknown[] {
    if (this.#other !== undefined) {
      const parsed = parseJson(Buffer.concat(this.#other).toString())
      throw 'json' in parsed
        ? this.#problems.reported(this.#response, parsed.json)
        : this.#problems.malformed()
    }
    if (!this.#parser.isEnded) throw this.#failure ?? this.#problems.truncated()
    return this.#take(0)
  }

  /** Passes over what may stand before JSON, and looks at how it opens. */
  #begin(chunk: Uint8Array): Uint8Array {
    const start = chunk.findIndex((byte) => !BEFORE_JSON.has(byte))
    if (start < 0) return chunk.subarray(chunk.length)
    this.#isStarted = true
    if (chunk[start] !== this.#opening) this.#other = []
    return chunk.subarray(start)
  }

  #parse(bytes: Uint8Array): void {
    try {
      this.#parser.write(bytes)
    } catch {
      throw this.#failure ?? this.#problems.malformed()
    }
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

/** White space, and the bytes of a byte order mark. */
const BEFORE_JSON = new Set([0x20, 0x0a, 0x0d, 0x09, 0xef, 0xbb, 0xbf])
