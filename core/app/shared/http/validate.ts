import type { z } from 'zod'
import { Problem, type FieldError } from './problem.ts'

function describeIssue(issue: z.core.$ZodIssue): FieldError[] {
  const path = issue.path.map(String)
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({
      field: [...path, key].join('.'),
      rule: 'unknown_field',
      message: 'There is no such field',
    }))
  }
  return [{ field: path.join('.'), rule: issue.code, message: issue.message }]
}

/** The issues as the API reports them, for schemas that are checked outside of `endpoint`. */
export function fieldErrors(error: z.ZodError): FieldError[] {
  return error.issues.flatMap(describeIssue)
}

/** The value as the schema makes it, or a 422 that names each field at fault. */
export async function parseInput(schema: z.ZodType | undefined, value: unknown): Promise<unknown> {
  if (schema === undefined) return undefined
  const result = await schema.safeParseAsync(value)
  if (result.success) return result.data
  const errors = fieldErrors(result.error)
  const detail = errors
    .slice(0, 3)
    .map(({ field, message }) => (field ? `${field}: ${message}` : message))
    .join('; ')
  throw new Problem('validation_failed', { detail, errors })
}
