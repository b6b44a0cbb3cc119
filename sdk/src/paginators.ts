import type { Json, Query, VendorAnswer } from './http.ts'

/** Where rows stand in an answer. Paths are dotted, '' is the root. */
interface Items {
  items: string
  /** A missing list is an empty one, as some vendors answer. */
  optional?: boolean
  /** Path of the number of all rows, or the header that tells it. */
  total?: string | { header: string }
}

/** What the function form says of one answer. */
export interface Read {
  /** The vendor's rows, not yet validated. */
  rows: unknown[]
  /** Where the next page starts; `null` after the last. */
  next: Json
  total?: number
  /** Keys of rows that the vendor has deleted. */
  deleted?: (string | number)[][]
}

/**
 * How the vendor splits lists. `in: 'body'` puts the parameter into the JSON body, where `param` is
 * a dotted path (`variables.after`).
 */
export type Paginator =
  | (Items & {
      kind: 'cursor'
      next: string
      param: string
      in?: 'query' | 'body'
      /** Without a true value at this path the page is the last, whatever cursor it names. */
      more?: string
    })
  | (Items & {
      kind: 'offset'
      param: string
      size: number
      in?: 'query' | 'body'
      /** The parameter that tells the vendor `size`. */
      sizeParam?: string
    })
  | (Items & {
      kind: 'page'
      param: string
      size: number
      sizeParam?: string
      /** Header with the number of pages. */
      pagesHeader?: string
      /** Without a true value at this path the page is the last. */
      more?: string
    })
  | (Items & { kind: 'link_header' })
  | (Items & { kind: 'next_url'; next: string })
  | {
      kind: 'custom'
      /** What the request at a position says besides `query` and `body`, which it overrides field by field. */
      request(position: Json): { path?: string; query?: Query; body?: Record<string, Json> }
      read(answer: VendorAnswer, position: Json): Read
    }

type Of<K extends Paginator['kind']> = Extract<Paginator, { kind: K }>
type With<K extends Paginator['kind'], D extends keyof Of<K>> = Omit<Of<K>, 'kind' | D> &
  Partial<Pick<Of<K>, D>>

/** The answer names a cursor, which the next request sends as `param` (default `after`). */
export const afterCursor = (options: With<'cursor', 'param'>): Paginator => ({
  kind: 'cursor',
  param: 'after',
  ...options,
})

/** The request counts rows; a page shorter than `size` is the last, or the one that reaches `total`. */
export const byOffset = (options: With<'offset', 'param'>): Paginator => ({
  kind: 'offset',
  param: 'offset',
  ...options,
})

/** The request counts pages from 1; the last is told by `pagesHeader` or `more`, else by being shorter than `size`. */
export const byPage = (options: With<'page', 'param'>): Paginator => ({
  kind: 'page',
  param: 'page',
  ...options,
})

/** The answer's `Link` header names the next page (`rel="next"`). */
export const byLinkHeader = (options: Omit<Of<'link_header'>, 'kind'>): Paginator => ({
  kind: 'link_header',
  ...options,
})

/** The answer holds the whole address of the next page. Secrets in its query are not kept. */
export const byNextUrl = (options: Omit<Of<'next_url'>, 'kind'>): Paginator => ({
  kind: 'next_url',
  ...options,
})

/** Anything else: two pure functions of the position. */
export const byFunction = (options: Omit<Of<'custom'>, 'kind'>): Paginator => ({
  kind: 'custom',
  ...options,
})
