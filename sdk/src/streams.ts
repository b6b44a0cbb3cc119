import type { z } from 'zod'
import type { Canonical, Kind } from './canonical/index.ts'
import type { Context } from './context.ts'
import type { Json } from './http.ts'
import type { BulkPage, Page } from './pages.ts'

/** Days from `from` to `to`, both included, in the time zone of the vendor's account. */
export interface Window {
  from: string
  to: string
}

/** A canonical row with its kind, for streams that emit several kinds. */
export type Tagged<K extends Kind = Kind> = { [P in K]: { kind: P; row: Canonical[P] } }[K]

/** What `map` returns: rows of the one kind, or tagged rows where `emits` lists several. */
export type Mapped<E extends Kind | readonly Kind[]> = E extends Kind
  ? Canonical[E] | Canonical[E][]
  : E extends readonly (infer K extends Kind)[]
    ? Tagged<K>[]
    : never

interface Base<C extends z.ZodType> {
  /** What the user sees, "Daily ad results". */
  title: string
  /** The stream runs only where this says so; absent: always. */
  when?(config: z.output<C>): boolean
}

interface Rows<
  C extends z.ZodType,
  R extends z.ZodType,
  E extends Kind | readonly Kind[],
  F extends keyof z.output<R> & string,
  Slice,
> extends Base<C> {
  /** Kind of the canonical rows, or a list of kinds. */
  emits: E
  /** Schema of the vendor's row; a row that does not fit stops the stream with `row_invalid`. */
  row: R
  /** Fields that name a row for ever, in this stream. */
  key: readonly F[]
  /** Pages of the slice, starting at `resume` (`null`: from its start). */
  read(context: Context<C>, slice: Slice, resume: Json): AsyncIterable<Page<z.output<R>>>
  /**
   * Canonical rows of one vendor row. Pure: it runs again whenever stored rows are replayed.
   *
   * @throws RowRejected to set the row aside and go on
   */
  map(row: z.output<R>, env: { config: z.output<C> }): Mapped<E>
}

/** The day field: part of the key, and named unless it is `date`. */
type DateField<F extends string> = 'date' extends F ? { date?: F } : { date: F }

/** Reports the vendor restates: whole windows are re-read and replaced for `lookbackDays`. */
export type ReportStream<
  C extends z.ZodType,
  R extends z.ZodType,
  E extends Kind | readonly Kind[],
  F extends keyof z.output<R> & string,
> = Rows<C, R, E, F, Window> & {
  /** Days per request. */
  windowDays: number
  /** How far back the first run reads. */
  historyDays: number
  /** How many days every run reads again. */
  lookbackDays: number | ((config: z.output<C>) => number)
} & DateField<NoInfer<F>>

/** Re-reads one row by key; `null` when the vendor has it no more. */
interface Refetch<C extends z.ZodType, R extends z.ZodType> {
  refetch?(context: Context<C>, key: string[]): Promise<z.output<R> | null>
}

/** With an update time: read in ascending order, overlapping so that ties and late rows are kept. */
interface Tracked<R extends z.ZodType> {
  updatedAt: keyof z.output<R> & string
  overlapMinutes: number
  fullPassEveryHours?: never
}

/** Without an update time: a full pass finds changes, a webhook only triggers `refetch`. */
interface Untracked {
  updatedAt?: never
  overlapMinutes?: never
  fullPassEveryHours: number
}

/** Where an entity stream starts: rows updated at or after `since`; `null`: everything. */
export interface Since {
  since: string | null
}

/** Things that live and change: orders, deals, customers. */
export type EntityStream<
  C extends z.ZodType,
  R extends z.ZodType,
  E extends Kind | readonly Kind[],
  F extends keyof z.output<R> & string,
> = Rows<C, R, E, F, Since> & Refetch<C, R> & (Tracked<R> | Untracked)

/** Small lists: read whole, swapped in only when the last page is in. */
export type SnapshotStream<
  C extends z.ZodType,
  R extends z.ZodType,
  E extends Kind | readonly Kind[],
  F extends keyof z.output<R> & string,
> = Rows<C, R, E, F, null> & { bulk?: never }

/** A snapshot whose pages are encoded lines; there are no vendor rows, hence no `map`. */
export interface BulkSnapshotStream<C extends z.ZodType> extends Base<C> {
  emits: Kind | readonly Kind[]
  bulk: true
  /**
   * What makes a line the same line as before: its `record_key`, or, where rows have no key of their
   * own, all that the row says; of equal rows each counts.
   */
  identity: 'record_key' | 'content'
  read(context: Context<C>, slice: null, resume: Json): AsyncIterable<BulkPage>
}

/** A stream whose row type is forgotten: what the core works with. */
interface AnyRows<C extends z.ZodType, Slice> extends Base<C> {
  emits: Kind | readonly Kind[]
  row: z.ZodType
  key: readonly string[]
  read(context: Context<C>, slice: Slice, resume: Json): AsyncIterable<Page<unknown>>
  map(
    row: unknown,
    env: { config: z.output<C> }
  ): Canonical[Kind] | Canonical[Kind][] | readonly Tagged[]
}

interface AnyReport<C extends z.ZodType> extends AnyRows<C, Window> {
  windowDays: number
  historyDays: number
  lookbackDays(config: z.output<C>): number
  /** Always filled in. */
  date: string
}

interface AnyEntity<C extends z.ZodType> extends AnyRows<C, Since> {
  updatedAt?: string
  overlapMinutes?: number
  fullPassEveryHours?: number
  refetch?(context: Context<C>, key: string[]): Promise<unknown>
}

/** What the constructors return. */
export type Stream<C extends z.ZodType = z.ZodObject> =
  | { kind: 'report'; def: AnyReport<C> }
  | { kind: 'entity'; def: AnyEntity<C> }
  | { kind: 'snapshot'; def: (AnyRows<C, null> & { bulk?: never }) | BulkSnapshotStream<C> }

// The config comes first so that `read` and `map` are typed even where a stream has its own file.

/** A report that the vendor restates. Rows outside the asked window raise `order_violated`. */
export function reportStream<
  C extends z.ZodType,
  R extends z.ZodType,
  const E extends Kind | readonly Kind[],
  F extends keyof z.output<R> & string,
>(_config: C, def: ReportStream<C, R, E, F>): Stream<C> {
  const { lookbackDays } = def
  const lookback = typeof lookbackDays === 'number' ? () => lookbackDays : lookbackDays
  return { kind: 'report', def: { ...def, lookbackDays: lookback, date: def.date ?? 'date' } }
}

/** A list of things with an update time, or with a full pass at an interval. */
export function entityStream<
  C extends z.ZodType,
  R extends z.ZodType,
  const E extends Kind | readonly Kind[],
  F extends keyof z.output<R> & string,
>(_config: C, def: EntityStream<C, R, E, F>): Stream<C> {
  return { kind: 'entity', def }
}

/** A small list or a file, read whole and replaced whole. */
export function snapshotStream<
  C extends z.ZodType,
  R extends z.ZodType,
  const E extends Kind | readonly Kind[],
  F extends keyof z.output<R> & string,
>(_config: C, def: SnapshotStream<C, R, E, F>): Stream<C>
export function snapshotStream<C extends z.ZodType>(
  _config: C,
  def: BulkSnapshotStream<C>
): Stream<C>
export function snapshotStream<C extends z.ZodType>(
  _config: C,
  def: BulkSnapshotStream<C> | (AnyRows<C, null> & { bulk?: never })
): Stream<C> {
  return { kind: 'snapshot', def }
}

/** The kinds of a stream as a list. */
export function kindsOf(stream: { def: { emits: Kind | readonly Kind[] } }): readonly Kind[] {
  const { emits } = stream.def
  return typeof emits === 'string' ? [emits] : emits
}
