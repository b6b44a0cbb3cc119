import { placeIn, rootOf, type Place, type Wanted } from './json_paths.ts'
import { afterSpace, bytesOfJson, JsonScanner } from './json_scanner.ts'

const { comma, colon, openList, closeList, openObject, closeObject } = bytesOfJson

/** The text is no JSON. */
export class NotJson extends Error {
  constructor() {
    super('Not JSON')
    this.name = 'NotJson'
  }
}

interface Container {
  place: Place
  isList: boolean
  close: number
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    throw new NotJson()
  }
}

/**
 * Elements of lists in a JSON text that comes in parts. Only where they end is looked for here; what
 * they are is left to `JSON.parse`, as are all other values, so that nothing passes that is no JSON.
 *
 *   value ──► piece ──► after ──► value | name | after (one level up) | end
 *     ├─────► rows ───► after
 *     └─────► first ──► value | name ──► value
 *
 * `piece` gathers a value up to its end, `name` what a value is called, `rows` the elements of a list.
 */
export class JsonLists {
  readonly #wanted: Wanted
  readonly #onFailure: (value: unknown) => never
  readonly #scanner = new JsonScanner()
  readonly #containers: Container[] = []
  #state: 'value' | 'first' | 'name' | 'piece' | 'rows' | 'after' | 'end' = 'value'
  /** Of the value at hand. */
  #place: Place
  /** Parts of what is gathered, whose end has not come. */
  #held: Uint8Array[] = []
  /** The list at hand has had elements already. */
  #isBegun = false
  #found: unknown[] = []

  /** @param onFailure what to do with the failure, or with something else than a list where one should be */
  constructor(wanted: Wanted, onFailure: (value: unknown) => never) {
    this.#wanted = wanted
    this.#onFailure = onFailure
    this.#place = rootOf(wanted)
  }

  get isEnded(): boolean {
    return this.#state === 'end'
  }

  /** The elements that the bytes complete. @throws NotJson */
  write(bytes: Uint8Array): unknown[] {
    this.#found = []
    let at = 0
    while (at < bytes.length) at = this.#step(bytes, at)
    return this.#found
  }

  /** @returns where to go on */
  #step(bytes: Uint8Array, from: number): number {
    if (this.#state === 'rows') return this.#readRows(bytes, from)
    if (this.#state === 'piece' || this.#state === 'name') return this.#readPiece(bytes, from)
    const at = afterSpace(bytes, from)
    if (at < 0) return bytes.length
    const byte = bytes[at] as number
    if (this.#state === 'value') return this.#beginValue(byte, at)
    return this.#readBetween(byte, at)
  }

  get #container(): Container {
    const container = this.#containers.at(-1)
    // Behind the end of the text.
    if (container === undefined) throw new NotJson()
    return container
  }

  #beginValue(byte: number, at: number): number {
    const isList = byte === openList
    const { role } = this.#place
    if (role === 'list' && isList) {
      this.#state = 'rows'
      this.#isBegun = false
      return at + 1
    }
    if (role === 'way' && (isList || byte === openObject)) {
      this.#containers.push({ place: this.#place, isList, close: isList ? closeList : closeObject })
      this.#state = 'first'
      return at + 1
    }
    this.#state = 'piece'
    return at
  }

  /** Before the first value of a container, or behind one. */
  #readBetween(byte: number, at: number): number {
    const { close } = this.#container
    if (byte === close) {
      this.#containers.pop()
      this.#endValue()
      return at + 1
    }
    if (this.#state === 'first') {
      this.#beginNext()
      return at
    }
    if (byte !== comma) throw new NotJson()
    this.#beginNext()
    return at + 1
  }

  #beginNext(): void {
    if (this.#container.isList) this.#expect(undefined)
    else this.#state = 'name'
  }

  #expect(name: string | undefined): void {
    const depth = this.#containers.length
    this.#place = placeIn(this.#container.place, this.#wanted, name, depth)
    this.#state = 'value'
  }

  #endValue(): void {
    this.#state = this.#containers.length === 0 ? 'end' : 'after'
  }

  #readPiece(bytes: Uint8Array, from: number): number {
    const end = this.#scanner.endIn(bytes, from)
    if (end < 0) return this.#hold(bytes, from)
    const value = parse(this.#text(bytes.subarray(from, end)))
    if (this.#state === 'name') {
      if (bytes[end] !== colon || typeof value !== 'string') throw new NotJson()
      this.#expect(value)
      return end + 1
    }
    const { role } = this.#place
    if ((role === 'failure' || role === 'list') && value !== null) this.#onFailure(value)
    this.#endValue()
    return end
  }

  /** As many elements as the bytes complete are parsed at once: that is faster than one by one. */
  #readRows(bytes: Uint8Array, from: number): number {
    let last = -1
    let end = this.#scanner.endIn(bytes, from)
    while (bytes[end] === comma) {
      last = end
      end = this.#scanner.endIn(bytes, end + 1)
    }
    if (end < 0) {
      if (last >= 0) this.#take(bytes.subarray(from, last), false)
      return this.#hold(bytes, Math.max(from, last + 1))
    }
    if (bytes[end] !== closeList) throw new NotJson()
    this.#take(bytes.subarray(from, end), true)
    this.#endValue()
    return end + 1
  }

  /** Elements up to a comma or to the end of their list. */
  #take(bytes: Uint8Array, isLast: boolean): void {
    const elements = parse(`[${this.#text(bytes)}]`) as unknown[]
    const mayBeEmpty = isLast && !this.#isBegun
    if (elements.length === 0 && !mayBeEmpty) throw new NotJson()
    this.#isBegun = true
    for (const element of elements) this.#found.push(element)
  }

  #hold(bytes: Uint8Array, from: number): number {
    // A copy: the rest of the bytes need not be kept for it.
    if (from < bytes.length) this.#held.push(new Uint8Array(bytes.subarray(from)))
    return bytes.length
  }

  /** The text of what is held and the bytes. */
  #text(bytes: Uint8Array): string {
    const held = this.#held
    this.#held = []
    if (held.length > 0) return Buffer.concat([...held, bytes]).toString()
    return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString()
  }
}
