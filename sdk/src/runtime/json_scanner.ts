/** Bytes that JSON is divided by. */
export const bytesOfJson = {
  comma: 0x2c,
  colon: 0x3a,
  openList: 0x5b,
  closeList: 0x5d,
  openObject: 0x7b,
  closeObject: 0x7d,
} as const

const QUOTE = 0x22
const BACKSLASH = 0x5c

/** What a byte does outside of strings; most do nothing. */
const OPENS = 1
const CLOSES = 2
const DIVIDES = 3
const QUOTES = 4

const effects = new Uint8Array(256)
effects[bytesOfJson.openList] = OPENS
effects[bytesOfJson.openObject] = OPENS
effects[bytesOfJson.closeList] = CLOSES
effects[bytesOfJson.closeObject] = CLOSES
effects[bytesOfJson.comma] = DIVIDES
effects[bytesOfJson.colon] = DIVIDES
effects[QUOTE] = QUOTES

const spaces = new Set([0x20, 0x0a, 0x0d, 0x09])

/** The place of the next byte that is no white space; -1 where there is none. */
export function afterSpace(bytes: Uint8Array, from: number): number {
  for (let at = from; at < bytes.length; at += 1) {
    if (!spaces.has(bytes[at] ?? 0)) return at
  }
  return -1
}

/**
 * Finds where a value or name ends: at the next comma, colon or closing bracket that stands in no
 * string and in no bracket opened since. It does not tell right JSON from wrong: whoever parses the
 * piece does. Bytes of letters beyond ASCII are all above 127, so that no letter looks like one of these.
 */
export class JsonScanner {
  #depth = 0
  #isString = false
  #isEscaped = false

  /** The place of the end, at or after `from`; -1: not in these bytes, go on with the next ones. */
  endIn(bytes: Uint8Array, from: number): number {
    let at = from
    while (at < bytes.length) {
      if (this.#isString) {
        at = this.#afterString(bytes, at)
        continue
      }
      const effect = effects[bytes[at] as number]
      if (effect === QUOTES) this.#isString = true
      else if (effect === OPENS) this.#depth += 1
      else if (this.#depth === 0) {
        if (effect !== 0) return at
      } else if (effect === CLOSES) this.#depth -= 1
      at += 1
    }
    return -1
  }

  #afterString(bytes: Uint8Array, from: number): number {
    let at = from
    if (this.#isEscaped) {
      this.#isEscaped = false
      at += 1
    }
    while (at < bytes.length) {
      const byte = bytes[at]
      at += 1
      if (byte === QUOTE) {
        this.#isString = false
        return at
      }
      if (byte === BACKSLASH) {
        if (at === bytes.length) this.#isEscaped = true
        at += 1
      }
    }
    return at
  }
}
