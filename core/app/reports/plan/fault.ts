import { Problem, type FieldError } from '#shared/http/problem'

/** What is wrong with a request, collected: one answer names every fault. */
export class Faults {
  readonly #errors: FieldError[] = []

  add(field: string, rule: string, message: string): void {
    this.#errors.push({ field, rule, message })
  }

  /** Throws a 422 if there were any. */
  raise(): void {
    if (this.#errors.length === 0) return
    throw new Problem('validation_failed', {
      detail: this.#errors
        .slice(0, 3)
        .map(({ message }) => message)
        .join('; '),
      errors: this.#errors,
    })
  }
}
