import { createHmac, randomBytes } from 'node:crypto'
import type { Json } from '../../src/index.ts'

const EMAIL = /[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g
/** Parameters of addresses that open what they name, such as those of downloads. */
const SIGNED =
  /([?&](?:[\w-]*(?:signature|credential|token|secret|key)[\w-]*|sig|hmac)=)([^&#\s"]+)/gi
/** Fields that say who or where somebody is, in the spellings of most vendors. */
const PERSONAL =
  /^(?:.*[_-])?(?:e_?mail|phone|mobile|tel|fax|(?:first|last|middle|full|sur|maiden)_?name|address_?[0-9]?|street|zip|post(?:al)?_?code|ip|ip_?address|latitude|longitude|birth_?(?:day|date)|passport|tax_?id)(?:s|_number)?$/i

/** A shorter text would be found in everything. */
const FEWEST_SIGNS = 6

/** Of an address that is a secret: what in its path and query is long enough to be the secret part. */
function longParts(text: string): string[] {
  if (!URL.canParse(text) || !text.includes('://')) return []
  const { pathname, searchParams } = new URL(text)
  return [...pathname.split('/'), ...searchParams.values()].filter((part) => part.length >= 8)
}

/** `firstName` as `first_name`. */
const snake = (name: string): string => name.replaceAll(/([a-z0-9])([A-Z])/g, '$1_$2')

/** What a text is known by where it may stand in a request or an answer. */
export function formsOf(secret: string): string[] {
  const plain = [secret, encodeURIComponent(secret), JSON.stringify(secret).slice(1, -1)]
  const packed = Buffer.from(secret).toString('base64').replace(/=+$/, '')
  return [...new Set([...plain, packed])]
}

/**
 * Takes out of recordings what nobody may read. What is replaced is replaced by the same text
 * everywhere, of the same shape (letters by letters, digits by digits), so that keys still meet and
 * schemas still hold. The key to it is forgotten with the object.
 */
export class Scrubber {
  /** How often what was replaced: `secrets`, `e-mail addresses`, or a field's name. */
  readonly counts = new Map<string, number>()
  readonly #key = randomBytes(32)
  readonly #secrets = new Map<string, string>()
  readonly #fields: ReadonlySet<string>

  /** @param fields further fields to hide, whatever stands in them */
  constructor(fields: readonly string[] = []) {
    this.#fields = new Set(fields)
  }

  /** From now on these texts are hidden wherever they stand. */
  hide(secret: string): void {
    for (const text of [secret, ...longParts(secret)]) {
      if (text.length < FEWEST_SIGNS) continue
      for (const form of formsOf(text)) this.#secrets.set(form, this.shaped(form))
    }
  }

  /** The texts that must not be left anywhere. */
  get hidden(): string[] {
    return [...this.#secrets.keys()]
  }

  /** Another text of the same shape; of an address only the long parts change. */
  shaped(text: string): string {
    if (URL.canParse(text) && text.includes('://')) {
      return longParts(text).reduce((url, part) => url.replaceAll(part, this.#other(part)), text)
    }
    return this.#other(text)
  }

  #other(text: string): string {
    const stream = this.#stream(text)
    return text.replaceAll(/[A-Za-z0-9]/g, (sign) => {
      const byte = stream.next().value
      if (/[0-9]/.test(sign)) return String(1 + (byte % 9))
      return String.fromCharCode((/[a-z]/.test(sign) ? 97 : 65) + (byte % 26))
    })
  }

  *#stream(text: string): Generator<number, number> {
    for (let block = 0; ; block += 1) {
      yield* createHmac('sha256', this.#key).update(`${block} ${text}`).digest()
    }
  }

  #count(what: string): void {
    this.counts.set(what, (this.counts.get(what) ?? 0) + 1)
  }

  /** A text without secrets, e-mail addresses and signatures. */
  text(text: string): string {
    let clean = text
    // The longest first: a token may begin with another.
    const longestFirst = [...this.#secrets].sort(([a], [b]) => b.length - a.length)
    for (const [secret, other] of longestFirst) {
      if (!clean.includes(secret)) continue
      this.#count('secrets')
      clean = clean.replaceAll(secret, other)
    }
    return clean
      .replaceAll(EMAIL, (address) => this.#email(address))
      .replaceAll(SIGNED, (_all, name: string, value: string) => {
        this.#count('signatures')
        return name + this.shaped(value)
      })
  }

  #email(address: string): string {
    if (address.endsWith('@example.com')) return address
    this.#count('e-mail addresses')
    const digest = createHmac('sha256', this.#key).update(address.toLowerCase()).digest('hex')
    return `somebody-${digest.slice(0, 12)}@example.com`
  }

  /** The same for everything in a value, and what stands in fields about people is replaced. */
  json(value: Json, name = ''): Json {
    if (Array.isArray(value)) return value.map((item) => this.json(item, name))
    if (typeof value === 'object' && value !== null) {
      return Object.fromEntries(
        Object.entries(value).map(([field, inner]) => [field, this.json(inner, field)])
      )
    }
    if (this.#isPersonal(name)) return this.#person(value, name)
    return typeof value === 'string' ? this.text(value) : value
  }

  #isPersonal(name: string): boolean {
    return this.#fields.has(name) || PERSONAL.test(snake(name))
  }

  #person(value: string | number | boolean | null, name: string): Json {
    if (value === null || typeof value === 'boolean' || value === '') return value
    const clean = this.text(String(value))
    // An e-mail address is another one already.
    const isDone = clean !== String(value)
    if (!isDone) this.#count(name)
    const other = isDone ? clean : this.shaped(clean)
    return typeof value === 'number' ? Number(other) : other
  }

  /** A body: JSON, lines of JSON, or a text. */
  body(text: string): { json: Json } | { text: string } {
    const json = parsed(text)
    if (json !== undefined) return { json: this.json(json) }
    const lines = text.split('\n')
    const clean = lines.map((line) => {
      const value = parsed(line)
      return value === undefined ? this.text(line) : JSON.stringify(this.json(value))
    })
    return { text: clean.join('\n') }
  }
}

function parsed(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json
  } catch {
    return undefined
  }
}
