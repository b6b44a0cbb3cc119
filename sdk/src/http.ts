import type { z } from 'zod'
import type { Page } from './pages.ts'
import type { Paginator } from './paginators.ts'

/** Any value that JSON can carry. */
export type Json = string | number | boolean | null | Json[] | { [key: string]: Json }

type QueryValue = string | number | boolean

/** Query parameters of a request; absent ones are left out, a list repeats its name. */
export type Query = Record<string, QueryValue | readonly QueryValue[] | undefined>

/** What a request may say besides its path. */
export interface RequestOptions {
  query?: Query
  /** Added to those of the source; credentials cannot be replaced. */
  headers?: Record<string, string>
  /** Milliseconds without an answer, or between two parts of one. */
  timeoutMs?: number
  /** Bytes of an answer that is read whole; beyond them it is refused. */
  maxBytes?: number
  /** Changes something at the vendor: never sent again unless the vendor refused it untouched. */
  once?: boolean
}

/** A request with a body. */
export interface BodyOptions extends RequestOptions {
  /** Sent as JSON. */
  body?: Json
  /** Sent as a form instead. */
  form?: Record<string, string>
}

/** What lists and streams of rows ask with: `POST` where there is a body, else `GET`. */
type ListOptions<S extends z.ZodType> = BodyOptions & { row: S }

/** An answer with all that it says. */
export interface Answer<T> {
  status: number
  /** Lower-case names. */
  headers: Readonly<Record<string, string>>
  body: T
}

/** Rows of one body that is read as a stream. */
export interface Batch<R> {
  rows: R[]
  /** How many rows of the body lie behind the end of this batch: the `skip` that goes on from here. */
  read: number
  /** The body has ended. */
  done: boolean
}

/** Which rows of a body, and how many at once. */
export interface BatchOptions {
  /** Rows at the beginning that are passed over. */
  skip?: number
  /** Rows per batch; absent: 1000. */
  size?: number
}

/** Where the rows of a large JSON body are. */
export interface ItemOptions extends BatchOptions {
  /** Dotted path of the list, `*` for any element: `*.results` are lists inside the elements of a list, '' is the body itself. */
  at: string
  /** Where the vendor may report in the middle of a body that it failed; goes to `classify`. */
  failureAt?: string
}

/** Methods of a request. */
export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

/**
 * The guarded client of the core: it signs requests, keeps to the declared hosts and limits,
 * repeats what may be repeated, and turns failures into `SourceError`s. Paths are relative to
 * `http.baseUrl`, or whole URLs on declared hosts; answers are validated by the schema
 * (`vendor_response` where they do not fit). An answer without a body counts as `null`.
 *
 * Every method throws `SourceError`: `auth_expired`, `auth_scope`, `rate_limited` and
 * `vendor_unavailable` (both with `detail.retryAt`), `vendor_response`, and what `classify` returns.
 */
export interface Http {
  get<S extends z.ZodType>(
    path: string,
    schema: S,
    query?: Query,
    options?: RequestOptions
  ): Promise<z.output<S>>
  /** For GraphQL and report queries; must be safe to repeat, unless `once`. */
  post<S extends z.ZodType>(
    path: string,
    schema: S,
    body: Json,
    options?: RequestOptions
  ): Promise<z.output<S>>
  /** Any request, with status and headers of the answer. */
  request<S extends z.ZodType>(
    method: Method,
    path: string,
    schema: S,
    options?: BodyOptions
  ): Promise<Answer<z.output<S>>>
  /** All pages of a list, starting at `resume`. */
  pages<S extends z.ZodType>(
    path: string,
    options: ListOptions<S> & { paginate: Paginator; resume: Json }
  ): AsyncIterable<Page<z.output<S>>>
  /** Lines of JSON (JSONL) of any length, in constant memory. */
  lines<S extends z.ZodType>(
    path: string,
    options: ListOptions<S> & BatchOptions
  ): AsyncIterable<Batch<z.output<S>>>
  /** Elements of lists in a JSON body of any length, in constant memory. */
  items<S extends z.ZodType>(
    path: string,
    options: ListOptions<S> & ItemOptions
  ): AsyncIterable<Batch<z.output<S>>>
}

/** What `classify` and `observe` see of an answer. */
export interface VendorAnswer {
  status: number
  /** Lower-case names. */
  headers: Readonly<Record<string, string>>
  /** Parsed JSON; the text where it is none; `null` without a body. */
  body: unknown
  now: Date
}

/** What an answer tells about the budget; only what it tells. */
export interface Observed {
  /** Points that are left in the bucket now. */
  available?: number
  /** Points that a full bucket holds. */
  capacity?: number
  refillPerSecond?: number
  /** Nothing may be sent before. */
  pauseUntil?: Date
}

/** Shared by all that uses one connection, or by all connections of one application. */
interface Shared {
  key?: 'connection' | 'app'
}

/**
 * What the vendor allows: requests in any span of time, a bucket of points that refills, or requests
 * at the same time. `cost` prices a request by its body (absent: 1 point).
 */
export type RateLimit = Shared &
  (
    | { perMinute: number }
    | { requests: number; seconds: number }
    | { bucket: number; refillPerSecond: number; cost?: (body: unknown) => number }
    | { parallel: number }
  )

/** A host besides that of `baseUrl`; `*.` stands for one or more labels. Credentials go there only with `auth`. */
export type Host = string | { host: string; auth: true }
