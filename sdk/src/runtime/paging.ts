import { SourceError } from '../errors.ts'
import type { Json, Query, VendorAnswer } from '../http.ts'
import type { Paginator, Read } from '../paginators.ts'
import { countOf, valueAt, withValueAt } from './values.ts'

/** What a page asks for besides what all pages do. */
export interface PageRequest {
  path: string
  query: Query
  body: Json | undefined
}

/** What paging needs to know of the client. */
export interface PageWorld {
  title: string
  /** An address as it may be kept: relative, and without secrets. */
  keepable(location: string): string
}

type Of<K extends Paginator['kind']> = Extract<Paginator, { kind: K }>
type WithItems = Exclude<Paginator, { kind: 'custom' }>

const asText = (position: Json): string =>
  typeof position === 'object' ? JSON.stringify(position) : String(position)

/** `null` puts nothing: the first page has no position. */
function put(
  base: PageRequest,
  where: 'query' | 'body' | undefined,
  name: string,
  value: Json
): PageRequest {
  if (value === null) return base
  if (where === 'body') return { ...base, body: withValueAt(base.body, name, value) }
  return { ...base, query: { ...base.query, [name]: asText(value) } }
}

function sized(base: PageRequest, paginator: Of<'offset'> | Of<'page'>): PageRequest {
  const { sizeParam, size } = paginator
  if (sizeParam === undefined) return base
  return put(base, paginator.kind === 'offset' ? paginator.in : 'query', sizeParam, size)
}

function customRequest(paginator: Of<'custom'>, base: PageRequest, position: Json): PageRequest {
  const { path, query, body } = paginator.request(position)
  const fields = body && Object.entries(body)
  const merged = fields?.reduce((sum, [name, value]) => ({ ...sum, [name]: value }), {
    ...(base.body as Record<string, Json> | undefined),
  })
  return {
    path: path ?? base.path,
    query: { ...base.query, ...query },
    body: merged ?? base.body,
  }
}

function addressed(base: PageRequest, position: Json): PageRequest {
  return position === null ? base : { ...base, path: asText(position), query: {} }
}

/** The request for the page at a position; `null` is the first. */
export function pageRequest(paginator: Paginator, base: PageRequest, position: Json): PageRequest {
  switch (paginator.kind) {
    case 'cursor':
      return put(base, paginator.in, paginator.param, position)
    case 'offset':
      return sized(put(base, paginator.in, paginator.param, position ?? 0), paginator)
    case 'page':
      return sized(put(base, 'query', paginator.param, position ?? 1), paginator)
    case 'link_header':
    case 'next_url':
      return addressed(base, position)
    case 'custom':
      return customRequest(paginator, base, position)
  }
}

function rowsAt(paginator: WithItems, answer: VendorAnswer, title: string): unknown[] {
  const { items, optional } = paginator
  // A body that is empty says that there are no rows (204).
  if (answer.body === null) return []
  const rows = valueAt(answer.body, items)
  if (Array.isArray(rows)) return rows
  if (optional === true && rows == null) return []
  throw new SourceError(
    'vendor_response',
    `${title} answered without a list${items === '' ? '' : ` at ${items}`}.`
  )
}

function totalOf({ total }: WithItems, answer: VendorAnswer): number | undefined {
  if (total === undefined) return undefined
  const value =
    typeof total === 'string'
      ? valueAt(answer.body, total)
      : answer.headers[total.header.toLowerCase()]
  return countOf(value)
}

function nextCursor(paginator: Of<'cursor'>, { body }: VendorAnswer): Json {
  if (paginator.more !== undefined && !valueAt(body, paginator.more)) return null
  const next = valueAt(body, paginator.next)
  return typeof next === 'string' || typeof next === 'number' ? next || null : null
}

function nextOffset({ size }: Of<'offset'>, rows: number, position: Json, total?: number): Json {
  const reached = Number(position ?? 0) + rows
  const isLast = total === undefined ? rows < size : rows === 0 || reached >= total
  return isLast ? null : reached
}

function nextPage(paginator: Of<'page'>, answer: VendorAnswer, rows: number, position: Json): Json {
  const { pagesHeader, more, size } = paginator
  const next = Number(position ?? 1) + 1
  const pages = pagesHeader && countOf(answer.headers[pagesHeader.toLowerCase()])
  if (typeof pages === 'number') return next <= pages ? next : null
  if (more !== undefined) return valueAt(answer.body, more) ? next : null
  return rows < size ? null : next
}

/** The address with `rel="next"` of a `Link` header (RFC 8288). */
export function linkToNext(header: string | undefined): string | undefined {
  for (const link of (header ?? '').matchAll(/<([^>]*)>([^<]*)/g)) {
    const [, target, parameters = ''] = link
    if (/;\s*rel\s*=\s*(?:"(?:[^"]*\s)?next(?:\s[^"]*)?"|next\b)/i.test(parameters)) return target
  }
  return undefined
}

function nextAddress(location: unknown, world: PageWorld): Json {
  if (typeof location !== 'string' || location === '') return null
  return world.keepable(location)
}

function nextOf(
  paginator: WithItems,
  answer: VendorAnswer,
  read: Omit<Read, 'next'>,
  position: Json,
  world: PageWorld
): Json {
  const { rows, total } = read
  switch (paginator.kind) {
    case 'cursor':
      return nextCursor(paginator, answer)
    case 'offset':
      return nextOffset(paginator, rows.length, position, total)
    case 'page':
      return nextPage(paginator, answer, rows.length, position)
    case 'link_header':
      return nextAddress(linkToNext(answer.headers.link), world)
    case 'next_url':
      return nextAddress(valueAt(answer.body, paginator.next), world)
  }
}

/**
 * The rows of an answer and the position after them.
 *
 * @throws SourceError `vendor_response` if there is no list, or if the vendor names the same page again
 */
export function readPage(
  paginator: Paginator,
  answer: VendorAnswer,
  position: Json,
  world: PageWorld
): Read {
  const read =
    paginator.kind === 'custom'
      ? paginator.read(answer, position)
      : standard(paginator, answer, position, world)
  if (read.next !== null && JSON.stringify(read.next) === JSON.stringify(position)) {
    throw new SourceError('vendor_response', `${world.title} names the same page again and again.`)
  }
  return read
}

function standard(
  paginator: WithItems,
  answer: VendorAnswer,
  position: Json,
  world: PageWorld
): Read {
  const rows = rowsAt(paginator, answer, world.title)
  const total = totalOf(paginator, answer)
  const read = { rows, ...(total !== undefined && { total }) }
  return { ...read, next: nextOf(paginator, answer, read, position, world) }
}
