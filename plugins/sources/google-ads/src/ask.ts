import type { Context, z } from '@analyticaflow/sdk'
import { chunksOf } from './answers.ts'
import { stream } from './vendor.ts'

type Asking = Pick<Context, 'http'>

/** All rows of a small answer. `through` is the manager account that leads to the one asked. */
export function rowsOf<S extends z.ZodType>(
  { http }: Asking,
  customerId: string,
  query: string,
  row: S,
  through?: string
) {
  const headers = through === undefined ? {} : { 'login-customer-id': through }
  return http.post(stream(customerId), chunksOf(row), { query }, { headers })
}

/** Rows of an answer of any length, batch by batch. */
export const streamOf = <S extends z.ZodType>(
  { http }: Asking,
  customerId: string,
  query: string,
  options: { row: S; skip?: number }
) =>
  http.items(stream(customerId), {
    ...options,
    body: { query },
    at: '*.results',
    failureAt: '*.error',
  })
