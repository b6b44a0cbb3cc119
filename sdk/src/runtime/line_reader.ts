import type { SourceError } from '../errors.ts'
import { LARGEST_ROW, type Problems, type Reader } from './body_reader.ts'

/** Lines of JSON. */
export class LineReader implements Reader {
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
