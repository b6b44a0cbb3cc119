import type { z } from 'zod'
import { SourceError } from '../errors.ts'
import type { Json } from '../http.ts'
import { compiled } from './compiled.ts'

/** The value at a dotted path; '' is the root. */
export function valueAt(value: unknown, path: string): unknown {
  if (path === '') return value
  return path.split('.').reduce<unknown>((at, name) => {
    if (typeof at !== 'object' || at === null) return undefined
    return Object.hasOwn(at, name) ? (at as Record<string, unknown>)[name] : undefined
  }, value)
}

const isObject = (value: unknown): value is Record<string, Json> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** A copy of a JSON object in which the value at a dotted path is another one. */
export function withValueAt(
  body: Json | undefined,
  path: string,
  value: Json
): Record<string, Json> {
  const [first = '', ...rest] = path.split('.')
  const fields = isObject(body) ? body : {}
  const inner = rest.length === 0 ? value : withValueAt(fields[first], rest.join('.'), value)
  return { ...fields, [first]: inner }
}

/** What is wrong first, without the value. */
function firstIssue(error: z.ZodError): { path: string; message: string } {
  const issue = error.issues[0]
  return {
    path: issue?.path.map(String).join('.') ?? '',
    message: issue?.message ?? 'not as expected',
  }
}

const at = (path: string): string => (path === '' ? '' : ` at ${path}`)

/** An answer by its schema. @throws SourceError `vendor_response` with the path at fault */
export function answerBy<S extends z.ZodType>(
  schema: S,
  body: unknown,
  title: string
): z.output<S> {
  const parsed = schema.safeParse(body)
  if (parsed.success) return parsed.data
  const { path, message } = firstIssue(parsed.error)
  throw new SourceError(
    'vendor_response',
    `${title} answered something else than expected${at(path)}: ${message}`
  )
}

/** Checks rows by their schema. The function throws SourceError `row_invalid` with the path at fault. */
export function rowsBy<S extends z.ZodType>(schema: S): (row: unknown) => z.output<S> {
  const fast = compiled(schema)
  return (row) => {
    const parsed = fast.safeParse(row)
    if (parsed.success) return parsed.data
    const { path, message } = firstIssue(parsed.error)
    throw new SourceError('row_invalid', `A row is not as expected${at(path)}: ${message}`, {
      field: path,
    })
  }
}

/** What a number may come as. */
export function countOf(value: unknown): number | undefined {
  const number = typeof value === 'string' && value !== '' ? Number(value) : value
  return typeof number === 'number' && Number.isSafeInteger(number) && number >= 0
    ? number
    : undefined
}
