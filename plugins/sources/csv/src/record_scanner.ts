import {
  BACKSLASH,
  CLOSE_BRACKET,
  COMMA,
  CR,
  DOUBLE_QUOTE,
  LF,
  OPEN_BRACKET,
  TAB,
} from './bytes.ts'
import type { Output } from './output.ts'

/** What a byte means outside quotes. */
const ORDINARY = 0
const DELIMITER = 1
const LINE_FEED = 2
/** Everything that is rare enough for a slower path: quotes, carriage returns, what JSON escapes. */
const RARE = 3

/** `scan` found no end of the record in the bytes at hand. */
export const INCOMPLETE = -1

/** A text as it stands in JSON inside TabSeparated: JSON's backslashes are escaped once more. */
const inPayload = (jsonEscape: string): Uint8Array =>
  Buffer.from(jsonEscape.replaceAll('\\', '\\\\'))

const PAYLOAD_ESCAPES: (Uint8Array | undefined)[] = Array.from({ length: 256 }, (_, byte) => {
  const escaped = byte < 0x80 ? JSON.stringify(String.fromCharCode(byte)).slice(1, -1) : ''
  return escaped.length > 1 ? inPayload(escaped) : undefined
})

function classesFor(delimiter: number): Uint8Array {
  const classes = new Uint8Array(256)
  for (let byte = 0; byte < 0x20; byte++) classes[byte] = RARE
  classes[DOUBLE_QUOTE] = RARE
  classes[BACKSLASH] = RARE
  classes[LF] = LINE_FEED
  classes[delimiter] = DELIMITER
  return classes
}

/** Cells of the record that was scanned last, as ranges of `data`. */
export interface Cells {
  data: Uint8Array
  starts: Int32Array
  ends: Int32Array
  /** 1 where a cell holds bytes that TabSeparated may have to escape. */
  escapes: Uint8Array
  /** Line of the file that the record starts on. */
  line: number
}

/**
 * Finds the records of RFC 4180 in a buffer and writes each one's cells as a JSON array while it
 * reads: one pass over the bytes, no object per row.
 *
 * Accepted beyond the RFC: line feeds alone as line ends, quotes inside unquoted cells. A quoted
 * cell that goes on after its closing quote makes the record `malformed`.
 */
export class RecordScanner implements Cells {
  /** The buffer; bytes from `end` on are scratch and at least as many as those before it. */
  data: Uint8Array = new Uint8Array(0)
  end = 0
  /** Whether nothing follows after `end`. */
  complete = false

  readonly starts: Int32Array
  readonly ends: Int32Array
  readonly escapes: Uint8Array
  /** Cells of the record; only as many as the header has are kept. */
  count = 0
  line = 0
  /** Line feeds of the record. */
  lines = 0
  /** A line with nothing on it. */
  blank = false
  malformed = false

  readonly #classes: Uint8Array
  readonly #delimiter: number
  readonly #out: Output
  #at = 0
  #cell = 0
  #scratch = 0
  #finished = false
  #quoted = false

  constructor(delimiter: number, columns: number, out: Output) {
    this.#classes = classesFor(delimiter)
    this.#delimiter = delimiter
    this.#out = out
    this.starts = new Int32Array(columns + 1)
    this.ends = new Int32Array(columns + 1)
    this.escapes = new Uint8Array(columns + 1)
  }

  /** Reads the record at `from`. Returns where the next one starts, or `INCOMPLETE`. */
  scan(from: number): number {
    this.#begin(from)
    if (!this.#run(from)) return INCOMPLETE
    const out = this.#out
    out.bytes[out.length++] = DOUBLE_QUOTE
    out.bytes[out.length++] = CLOSE_BRACKET
    this.count = this.#cell + 1
    this.blank = this.count === 1 && this.starts[0] === this.ends[0] && !this.#quoted
    return this.#at
  }

  #begin(from: number): void {
    this.lines = 0
    this.malformed = false
    this.#cell = 0
    this.#scratch = this.end
    this.#finished = false
    this.#quoted = false
    this.starts[0] = from
    this.escapes[0] = 0
    const out = this.#out
    out.bytes[out.length++] = OPEN_BRACKET
    out.bytes[out.length++] = DOUBLE_QUOTE
  }

  /** The hot loop: everything in locals, the rare bytes elsewhere. */
  #run(from: number): boolean {
    const { data, end, starts, ends, escapes } = this
    const classes = this.#classes
    const out = this.#out.bytes
    let length = this.#out.length
    let cell = 0
    let at = from
    while (at < end) {
      const byte = data[at] as number
      const kind = classes[byte] as number
      if (kind === ORDINARY) {
        out[length++] = byte
        at++
      } else if (kind === DELIMITER) {
        ends[cell++] = at++
        starts[cell] = at
        escapes[cell] = 0
        out[length++] = DOUBLE_QUOTE
        out[length++] = COMMA
        out[length++] = DOUBLE_QUOTE
      } else {
        this.#save(at, cell, length)
        if (!this.#special(kind, byte)) return false
        if (this.#finished) return true
        at = this.#at
        cell = this.#cell
        length = this.#out.length
      }
    }
    this.#save(at, cell, length)
    return this.complete && this.#finish(0)
  }

  #save(at: number, cell: number, length: number): void {
    this.#at = at
    this.#cell = cell
    this.#out.length = length
  }

  /** Ends the record here; `terminator` bytes are left out of it. */
  #finish(terminator: number): boolean {
    this.ends[this.#cell] = this.#at
    return this.#close(terminator)
  }

  #close(terminator: number): boolean {
    this.#at += terminator
    if (terminator > 0) this.lines++
    this.#finished = true
    return true
  }

  /** Returns whether there were bytes enough to go on. */
  #special(kind: number, byte: number): boolean {
    if (kind === LINE_FEED) return this.#finish(1)
    if (byte === CR) return this.#carriageReturn()
    if (byte === DOUBLE_QUOTE && this.#at === this.starts[this.#cell]) return this.#quotedCell()
    this.#write(byte)
    this.#at++
    return true
  }

  #carriageReturn(): boolean {
    const terminator = this.#lineEnd()
    if (terminator === INCOMPLETE) return false
    if (terminator > 0) return this.#finish(terminator)
    this.#write(CR)
    this.#at++
    return true
  }

  /** Bytes of the line end that stands here, 0 if there is none, `INCOMPLETE` if that is not known yet. */
  #lineEnd(): number {
    const { data, end } = this
    const at = this.#at
    if (data[at] === LF) return 1
    if (data[at] !== CR) return 0
    if (at + 1 >= end) return this.complete ? 0 : INCOMPLETE
    return data[at + 1] === LF ? 2 : 0
  }

  /** A byte of a cell into the payload, escaped where JSON asks for it. */
  #write(byte: number): void {
    const out = this.#out
    const escape = PAYLOAD_ESCAPES[byte]
    if (escape === undefined) {
      out.bytes[out.length++] = byte
      return
    }
    this.escapes[this.#cell] = 1
    out.copy(escape, 0, escape.length)
  }

  /** From an opening quote to what follows the closing one. */
  #quotedCell(): boolean {
    const { data, end } = this
    const opened = this.#at
    let doubled = 0
    let at = opened + 1
    while (at < end) {
      const byte = data[at] as number
      if (byte === DOUBLE_QUOTE) {
        if (at + 1 >= end && !this.complete) return false
        if (at + 1 >= end || data[at + 1] !== DOUBLE_QUOTE)
          return this.#closedQuote(opened, at, doubled)
        doubled++
        at++
      } else if (byte === LF) this.lines++
      this.#write(byte)
      at++
    }
    return false
  }

  #closedQuote(opened: number, closed: number, doubled: number): boolean {
    this.#quoted = true
    const cell = this.#cell
    this.starts[cell] = opened + 1
    this.ends[cell] = closed
    if (doubled > 0) this.#undouble(opened + 1, closed)
    this.#at = closed + 1
    return this.#afterQuote()
  }

  #afterQuote(): boolean {
    if (this.#at >= this.end) return this.complete && this.#close(0)
    if (this.data[this.#at] === this.#delimiter) {
      this.#nextCell()
      return true
    }
    const terminator = this.#lineEnd()
    if (terminator === INCOMPLETE) return false
    if (terminator > 0) return this.#close(terminator)
    this.malformed = true
    // No cell starts here, so that further quotes are text.
    this.starts[this.#cell] = this.#at - 1
    return true
  }

  #nextCell(): void {
    const out = this.#out
    this.#at++
    this.#cell++
    this.starts[this.#cell] = this.#at
    this.escapes[this.#cell] = 0
    out.bytes[out.length++] = DOUBLE_QUOTE
    out.bytes[out.length++] = COMMA
    out.bytes[out.length++] = DOUBLE_QUOTE
  }

  /** Copies a cell with doubled quotes into the scratch, each pair as one. */
  #undouble(start: number, end: number): void {
    const { data } = this
    const cell = this.#cell
    this.starts[cell] = this.#scratch
    for (let at = start; at < end; at++) {
      const byte = data[at] as number
      data[this.#scratch++] = byte
      if (byte === DOUBLE_QUOTE) at++
    }
    this.ends[cell] = this.#scratch
  }
}

/** Bytes that may separate cells. */
export const DELIMITERS = [COMMA, ';'.charCodeAt(0), TAB, '|'.charCodeAt(0)]
