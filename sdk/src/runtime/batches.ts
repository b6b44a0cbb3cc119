import type { z } from 'zod'
import type { Batch, BatchOptions } from '../http.ts'
import { rowsBy } from './values.ts'

const SIZE = 1000

/** Gathers values to batches of rows; one value is held back, to know which batch is the last. */
export async function* batchesOf<S extends z.ZodType>(
  values: AsyncIterable<readonly unknown[]>,
  row: S,
  { skip = 0, size = SIZE }: BatchOptions
): AsyncGenerator<Batch<z.output<S>>> {
  const rowOf = rowsBy(row)
  let rows: z.output<S>[] = []
  let read = 0
  for await (const several of values) {
    for (const value of several) {
      if (read < skip) {
        read += 1
        continue
      }
      if (rows.length >= size) {
        yield { rows, read, done: false }
        rows = []
      }
      rows.push(rowOf(value))
      read += 1
    }
  }
  yield { rows, read, done: true }
}
