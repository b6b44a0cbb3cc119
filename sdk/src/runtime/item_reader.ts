import type { ItemOptions } from '../http.ts'
import { parseJson, type Received } from './body.ts'
import { LARGEST_ROW, type Problems, type Reader } from './body_reader.ts'
import { JsonLists, NotJson } from './json_lists.ts'

const pathOf = (dotted: string): string[] => (dotted === '' ? [] : dotted.split('.'))

/** Elements of lists in one JSON value. */
export class ItemReader implements Reader {
  readonly #lists: JsonLists
  readonly #problems: Problems
  readonly #response: Received
  readonly #opening: number
  #silent = 0
  #isStarted = false
  /** The body, where it is not the list or object that the path begins with. */
  #other: Uint8Array[] | undefined

  constructor(problems: Problems, response: Received, { at, failureAt }: ItemOptions) {
    this.#problems = problems
    this.#response = response
    this.#opening = (at === '' || at.startsWith('*') ? '[' : '{').charCodeAt(0)
    const failure = failureAt === undefined ? undefined : pathOf(failureAt)
    this.#lists = new JsonLists({ lists: pathOf(at), failure }, (value) => {
      throw problems.reported(response, value)
    })
  }

  write(chunk: Uint8Array): unknown[] {
    const bytes = this.#isStarted ? chunk : this.#begin(chunk)
    if (this.#other === undefined) return this.#read(bytes)
    this.#other.push(bytes)
    this.#hear(bytes, false)
    return []
  }

  end(): unknown[] {
    if (this.#other !== undefined) {
      const parsed = parseJson(Buffer.concat(this.#other).toString())
      throw 'json' in parsed
        ? this.#problems.reported(this.#response, parsed.json)
        : this.#problems.malformed()
    }
    if (!this.#lists.isEnded) throw this.#problems.truncated()
    return []
  }

  /** Passes over what may stand before JSON, and looks at how it opens. */
  #begin(chunk: Uint8Array): Uint8Array {
    const start = chunk.findIndex((byte) => !BEFORE_JSON.has(byte))
    if (start < 0) return chunk.subarray(chunk.length)
    this.#isStarted = true
    if (chunk[start] !== this.#opening) this.#other = []
    return chunk.subarray(start)
  }

  #read(bytes: Uint8Array): unknown[] {
    try {
      const values = this.#lists.write(bytes)
      this.#hear(bytes, values.length > 0)
      return values
    } catch (error) {
      throw error instanceof NotJson ? this.#problems.malformed() : error
    }
  }

  /** What is held until a row is whole has its bounds. */
  #hear({ length }: Uint8Array, isRow: boolean): void {
    this.#silent = isRow ? 0 : this.#silent + length
    if (this.#silent > LARGEST_ROW) throw this.#problems.tooLarge()
  }
}

/** White space, and the bytes of a byte order mark. */
const BEFORE_JSON = new Set([0x20, 0x0a, 0x0d, 0x09, 0xef, 0xbb, 0xbf])
