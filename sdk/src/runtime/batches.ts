import type { z } from 'zod'
import type { Batch, BatchOptions } from '../http.ts'
import { rowBy } from './values.ts'

const SIZE = 1000

/** Gathers values to batches of rows; one value is held back, to know which batch is the last. */
export async function* batchesOf<S extends z.ZodType>(
  values: AsyncIterable<unknown>,
  row: S,
  { skip = 0, size = SIZE }: BatchOptions
): AsyncGenerator<Batch<z.output<S>>> {
  let rows: z.output<S>[] = []
  let read = 0
  for await (const value of values) {
    if (read < skip) {
      read += 1
      continue
    }
    if (rows.length >= size) {
      yield { rows, read, done: false }
      rows = []
    }
    rows.push(rowBy(row, value))
    read += 1
  }
  yield { rows, read, done: true }
}
