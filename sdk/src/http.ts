import type { z } from 'zod'
import type { Page } from './pages.ts'

/** Any value that JSON can carry. */
export type Json = string | number | boolean | null | Json[] | { [key: string]: Json }

/** Query parameters of a request; absent ones are left out. */
export type Query = Record<string, string | number | undefined>

/**
 * The guarded client of the core: it signs requests, keeps to the declared hosts and limits,
 * repeats what may be repeated, and turns failures into `SourceError`s. Paths are relative to
 * `http.baseUrl`; answers are validated by the schema (`vendor_response` where they do not fit).
 */
export interface Http {
  get<S extends z.ZodType>(path: string, schema: S, query?: Query): Promise<z.output<S>>
  /** For GraphQL and report queries; must be safe to repeat. */
  post<S extends z.ZodType>(path: string, schema: S, body: Json): Promise<z.output<S>>
  /** All pages of a list, starting at `resume`. */
  pages<S extends z.ZodType>(
    path: string,
    options: { row: S; query?: Query; paginate: Paginator; resume: Json }
  ): AsyncIterable<Page<z.output<S>>>
}

/** How the vendor splits lists. `items` and `next` are dotted paths into the answer, '' its root. */
export type Paginator =
  | { kind: 'cursor'; items: string; next: string; param: string }
  | { kind: 'offset'; items: string; param: string; size: number }
  | { kind: 'link_header'; items: string }

/** The answer names a cursor, which the next request sends as `param` (default `after`). */
export const afterCursor = (options: {
  items: string
  next: string
  param?: string
}): Paginator => ({
  kind: 'cursor',
  param: 'after',
  ...options,
})

/** The request counts rows; a page shorter than `size` is the last. */
export const byOffset = (options: { items: string; size: number; param?: string }): Paginator => ({
  kind: 'offset',
  param: 'offset',
  ...options,
})

/** The answer's `Link` header names the next page (`rel="next"`). */
export const byLinkHeader = (options: { items: string }): Paginator => ({
  kind: 'link_header',
  ...options,
})

/** What the vendor allows: a rate per connection or app, or a bucket of points that refills. */
export type RateLimit =
  | { perMinute: number; key?: 'connection' | 'app' }
  | { bucket: number; refillPerSecond: number; cost: (body: unknown) => number }
