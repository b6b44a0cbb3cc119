import { inspect } from 'node:util'

/** A contract that a source breaks; the message tells its author where. */
export class ContractFailure extends Error {
  override readonly name = 'ContractFailure'
}

/** @throws ContractFailure unless it holds */
export function expect(holds: boolean, otherwise: string): asserts holds {
  if (!holds) throw new ContractFailure(otherwise)
}

/** What a promise ends with; `undefined` if it succeeds. */
export async function failureOf(work: Promise<unknown>): Promise<unknown> {
  try {
    await work
    return undefined
  } catch (error) {
    return error
  }
}

/** An error in a few words. */
export const nameOf = (error: unknown): string =>
  error instanceof Error ? error.message : error === undefined ? 'success' : inspect(error)
