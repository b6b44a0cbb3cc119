import { SourceError } from '@analyticaflow/sdk'
import { isSourceError } from './source_errors.ts'

const HIDDEN = '[redacted]'
/** Shorter values would hide half of every text, and are no secrets. */
const SHORTEST = 6

function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  if (typeof value !== 'object' || value === null) return []
  return Object.values(value).flatMap(textsIn)
}

function formsOf(secrets: unknown): string[] {
  const values = textsIn(secrets).filter((text) => text.length >= SHORTEST)
  return values.flatMap((text) => [
    text,
    encodeURIComponent(text),
    JSON.stringify(text).slice(1, -1),
    Buffer.from(text).toString('base64'),
  ])
}

/** Hides secrets wherever they appear, also as they stand in URLs and JSON. */
export class Redaction {
  /** The longest first: a secret may contain another one. */
  #hidden: string[] = []

  constructor(secrets: unknown) {
    this.add(secrets)
  }

  /** Also hides the texts in these from now on. */
  add(secrets: unknown): void {
    const forms = new Set([...this.#hidden, ...formsOf(secrets)])
    this.#hidden = [...forms].toSorted((a, b) => b.length - a.length)
  }

  hide<T>(value: T): T {
    return this.#hide(value) as T
  }

  #hide(value: unknown): unknown {
    if (typeof value === 'string') {
      return this.#hidden.reduce((text, secret) => text.replaceAll(secret, HIDDEN), value)
    }
    if (Array.isArray(value)) return value.map((item) => this.#hide(item))
    if (typeof value !== 'object' || value === null) return value
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, this.#hide(item)]))
  }

  /** The error without secrets: the same one where it has none, so that its class stays. */
  error(error: unknown): unknown {
    if (!(error instanceof Error)) return this.hide(error)
    const cause = error.cause === undefined ? undefined : this.error(error.cause)
    const texts = [error.message, error.stack ?? '']
    const isClean = texts.every((text) => this.hide(text) === text) && cause === error.cause
    if (isClean) return error
    return isSourceError(error) ? this.#sourceError(error, cause) : this.#other(error, cause)
  }

  #sourceError({ code, userMessage, detail }: SourceError, cause: unknown): SourceError {
    const { cause: _cause, ...rest } = detail
    const shown = { ...rest, ...(cause !== undefined && { cause }) }
    return new SourceError(code, this.hide(userMessage), shown)
  }

  #other(error: Error, cause: unknown): Error {
    const copy = new Error(this.hide(error.message), cause === undefined ? {} : { cause })
    copy.name = error.name
    copy.stack = this.hide(error.stack ?? '')
    return Object.assign(copy, 'code' in error && { code: error.code })
  }
}

/** Hides the values of these secrets. */
export function redactor(secrets: Record<string, unknown>): <T>(value: T) => T {
  const redaction = new Redaction(secrets)
  return (value) => redaction.hide(value)
}
