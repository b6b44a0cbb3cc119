import type { z } from 'zod'
import { Problem } from '#shared/http/problem'
import { parseInput } from '#shared/http/validate'

/** The request of a report from where it stands: in the body, or in the query. */
export async function requestOf<Schema extends z.ZodType>(
  schema: Schema,
  query: Record<string, unknown>,
  body: Record<string, unknown> | undefined
): Promise<z.output<Schema>> {
  const { explain, ...rest } = query
  const extra = Object.keys(rest)
  const hasBody = body !== undefined && Object.keys(body).length > 0
  if (hasBody && extra.length > 0) {
    throw new Problem('validation_failed', {
      detail: 'The request stands in the body and in the query; use one of them',
      errors: extra.map((field) => ({ field, rule: 'twice', message: 'There is a body as well' })),
    })
  }
  const whole = hasBody ? { ...(explain !== undefined && { explain }), ...body } : query
  return (await parseInput(schema, whole)) as z.output<Schema>
}
