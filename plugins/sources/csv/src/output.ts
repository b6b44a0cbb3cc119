import { BACKSLASH, CR, LF, TAB, ZERO } from './bytes.ts'

const START = 8 * 1024 * 1024

/**
 * Bytes being written, TabSeparated.
 *
 * TRICKY: writes beyond the end of a typed array are silently dropped while `length` goes on, so
 * that no write needs a check; whoever writes a record looks at `overflowed` after it, grows the
 * buffer and writes the record again.
 */
export class Output {
  bytes: Buffer<ArrayBuffer>
  length = 0

  constructor(capacity: number = START) {
    this.bytes = Buffer.allocUnsafe(capacity)
  }

  get overflowed(): boolean {
    return this.length > this.bytes.length
  }

  /** Makes room for what was written, keeping the bytes before `kept`. */
  grow(kept: number): void {
    const larger = Buffer.allocUnsafe(Math.max(this.length, this.bytes.length) * 2)
    this.bytes.copy(larger, 0, 0, kept)
    this.bytes = larger
    this.length = kept
  }

  /** Everything written so far, as bytes of their own; starts again. */
  take(): Uint8Array {
    const taken = Buffer.from(this.bytes.subarray(0, this.length))
    this.length = 0
    return taken
  }

  /** Bytes as they are. */
  copy(source: Uint8Array, start: number, end: number): void {
    const { bytes } = this
    let at = this.length
    for (let i = start; i < end; i++) bytes[at++] = source[i] as number
    this.length = at
  }

  /** Bytes of a text that may hold what TabSeparated has to escape. */
  escaped(source: Uint8Array, start: number, end: number): void {
    for (let i = start; i < end; i++) {
      const byte = source[i] as number
      const letter = ESCAPES[byte] as number
      if (letter === 0) this.bytes[this.length++] = byte
      else {
        this.bytes[this.length++] = BACKSLASH
        this.bytes[this.length++] = letter
      }
    }
  }

  /** A whole number, padded with zeros to at least `width` digits. */
  integer(value: number, width = 1): void {
    let digits = width
    for (let bound = 10 ** width; value >= bound; bound *= 10) digits++
    let rest = value
    for (let at = this.length + digits - 1; at >= this.length; at--) {
      const next = Math.floor(rest / 10)
      this.bytes[at] = ZERO + (rest - next * 10)
      rest = next
    }
    this.length += digits
  }
}

const ESCAPES = new Uint8Array(256)
ESCAPES[BACKSLASH] = BACKSLASH
ESCAPES[TAB] = 't'.charCodeAt(0)
ESCAPES[LF] = 'n'.charCodeAt(0)
ESCAPES[CR] = 'r'.charCodeAt(0)
