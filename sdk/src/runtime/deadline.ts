import type { SourceError } from '../errors.ts'

/** Errors of a transport may hold URLs: only their names and codes go on. */
export function nameOfError(error: unknown): Error {
  if (!(error instanceof Error)) return new Error('unknown')
  const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined
  const inner = error.cause === undefined ? '' : ` (${nameOfError(error.cause).message})`
  return new Error(`${error.name}${code === undefined ? '' : ` ${code}`}${inner}`)
}

/** Bounds how long one request may keep silent; every part of the answer begins anew. */
export class Deadline {
  /** For the transport. */
  readonly signal: AbortSignal
  readonly #controller = new AbortController()
  readonly #outer: AbortSignal
  readonly #milliseconds: number

  constructor(outer: AbortSignal, milliseconds: number) {
    this.#outer = outer
    this.#milliseconds = milliseconds
    this.signal = AbortSignal.any([outer, this.#controller.signal])
  }

  /**
   * Waits for one step, also where the transport ignores the signal.
   *
   * @throws the outer signal's reason, a final `SourceError`, or what `unavailable` makes of the rest
   */
  async guard<T>(step: Promise<T>, unavailable: (cause: unknown) => SourceError): Promise<T> {
    const timeout = Promise.withResolvers<never>()
    const stop = () => timeout.reject(this.signal.reason as Error)
    this.signal.addEventListener('abort', stop, { once: true })
    const timer = setTimeout(() => {
      this.#controller.abort(new DOMException('No answer in time', 'TimeoutError'))
    }, this.#milliseconds)
    try {
      this.signal.throwIfAborted()
      return await Promise.race([step, timeout.promise])
    } catch (error) {
      step.catch(() => undefined)
      this.#outer.throwIfAborted()
      throw unavailable(error)
    } finally {
      clearTimeout(timer)
      this.signal.removeEventListener('abort', stop)
    }
  }
}
