import { isDeepStrictEqual } from 'node:util'
import {
  recordKey,
  SourceError,
  type BulkPage,
  type Json,
  type Page,
  type Stream,
} from '../../src/index.ts'
import { expect } from '../failure.ts'
import type { StagedPage, Store, StoredRow } from './store.ts'

/** The process dies. */
export class Crash extends Error {}

/** Where it dies: before a page's rows are stored, or between them and the position. */
export interface Interrupt {
  page: number
  where: 'before_rows' | 'after_rows'
}

/** What goes on during a run. */
export interface RunOptions {
  interrupt?: Interrupt
  /** After each page, with its number in this run. */
  onPage?: (page: number) => void | Promise<void>
  signal?: AbortSignal
}

export type RowsDefinition = Exclude<Stream['def'], { bulk: true }>

/** What a stream says of its rows; `undefined` where its pages are encoded lines. */
export const rowsOf = ({ def }: Stream): RowsDefinition | undefined =>
  'bulk' in def ? undefined : def

/** The fields that a definition names; they are read from rows whose type is forgotten. */
interface Fields {
  updatedAt?: string | undefined
  date?: string | undefined
}

function instantOf(value: unknown, field: string): string {
  const at = new Date(String(value))
  if (!Number.isNaN(at.getTime())) return at.toISOString()
  throw new SourceError('row_invalid', 'The update time is none.', { field })
}

function storedRow(def: RowsDefinition, raw: unknown): StoredRow {
  const parsed = def.row.safeParse(raw)
  if (!parsed.success) {
    const issue = parsed.error.issues[0]
    const field = issue?.path.map(String).join('.') ?? ''
    throw new SourceError('row_invalid', `A row is not as expected: ${issue?.message ?? ''}`, {
      field,
    })
  }
  const row = parsed.data as Record<string, unknown>
  const { updatedAt, date } = def as Fields
  return {
    key: recordKey(def.key.map((field) => row[field] as string)),
    row: JSON.stringify(row),
    ...(updatedAt !== undefined && { updatedAt: instantOf(row[updatedAt], updatedAt) }),
    ...(date !== undefined && { day: String(row[date]) }),
  }
}

/** A page of rows, by its schema. @throws SourceError `row_invalid` */
export const stagedPage = (def: RowsDefinition, page: Page<unknown>): StagedPage => ({
  rows: page.rows.map((row) => storedRow(def, row)),
  deleted: (page.deleted ?? []).map((values) => recordKey(values)),
})

/** A page of encoded lines: each line is a row that has no key. */
export function stagedLines(page: BulkPage): StagedPage {
  const loaded = page.bulk.reduce((sum, { rows }) => sum + rows, 0)
  expect(
    page.read === loaded + page.skipped + page.rejected.length,
    'a page says that it read another number of rows than it loaded, skipped and rejected'
  )
  const rows = page.bulk.flatMap(({ kind, bytes }) =>
    Buffer.from(bytes)
      .toString()
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => ({ key: '', row: `${kind}\t${line}` }))
  )
  return { rows, deleted: [] }
}

/** Does storing change it? */
const isJson = (next: Json): boolean => isDeepStrictEqual(next, JSON.parse(JSON.stringify(next)))

/** Stores a page and then its position; dies in between if that is asked for. */
export async function stage(
  store: Store,
  page: StagedPage,
  position: object,
  next: Json,
  options: RunOptions
): Promise<void> {
  options.signal?.throwIfAborted()
  store.isStorable &&= isJson(next)
  const number = store.pagesRead
  store.pagesRead += 1
  const isHere = options.interrupt?.page === number
  if (isHere && options.interrupt?.where === 'before_rows') throw new Crash()
  store.staged.set(store.nextPage, page)
  store.emitted.push(...page.rows.map(({ key }) => key))
  if (isHere) throw new Crash()
  store.positions.push(JSON.stringify(next))
  store.inRun = JSON.stringify(position)
  store.nextPage += 1
  await options.onPage?.(number)
}
