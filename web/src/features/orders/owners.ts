import { ApiError } from '../../api/problem.ts'

/** Sources that have an order of this number each, where it has to be said whose is meant. */
export const ownersIn = (error: unknown): string[] =>
  error instanceof ApiError
    ? error.fields.flatMap(({ rule, value }) =>
        rule === 'ambiguous' && value !== undefined ? [value] : []
      )
    : []
