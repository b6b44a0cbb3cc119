import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'

/**
 * Tokens that say by themselves what they are for, signed: so that they outlive the process, as the
 * vendors' do, without a database.
 */
export class Sealer {
  readonly #key: string

  constructor(key: string) {
    this.#key = key
  }

  seal(prefix: string, payload: object): string {
    const nonce = randomBytes(6).toString('base64url')
    const text = Buffer.from(JSON.stringify({ ...payload, nonce })).toString('base64url')
    return `${prefix}${text}.${this.#sign(prefix, text)}`
  }

  /** What was sealed under this prefix, as it was; undefined where it is not ours or was changed. */
  open(prefix: string, token: string): unknown {
    const [text = '', signature = ''] = token.slice(prefix.length).split('.')
    const own = Buffer.from(this.#sign(prefix, text))
    const given = Buffer.from(signature)
    if (!token.startsWith(prefix) || own.length !== given.length) return undefined
    if (!timingSafeEqual(own, given)) return undefined
    return JSON.parse(Buffer.from(text, 'base64url').toString('utf8'))
  }

  #sign(prefix: string, text: string): string {
    return createHmac('sha256', this.#key)
      .update(`${prefix}|${text}`)
      .digest('base64url')
      .slice(0, 22)
  }
}
