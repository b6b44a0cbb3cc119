import { BadArgument } from './errors.ts'

export interface Paging {
  first?: number | null
  last?: number | null
  after?: string | null
  before?: string | null
  reverse?: boolean | null
}

/** What makes an element's place in a list: the sorted value, then its id. */
export interface Place {
  value: string | number
  id: number
}

const MAX_PAGE = 250

/** `eyJsYXN0X2lkIjo2MSwibGFzdF92YWx1ZSI6Ij…` */
const cursorOf = ({ value, id }: Place): string =>
  Buffer.from(JSON.stringify({ last_id: id, last_value: String(value) })).toString('base64')

function placeOf(cursor: string, sample: Place | undefined): Place {
  try {
    const { last_id: id, last_value: value } = JSON.parse(
      Buffer.from(cursor, 'base64').toString('utf8')
    ) as { last_id: number; last_value: string }
    if (typeof id !== 'number' || typeof value !== 'string') throw new Error('shape')
    return { id, value: typeof sample?.value === 'number' ? Number(value) : value }
  } catch (cause) {
    throw new BadArgument(`Invalid cursor for current pagination sort.`, { cause })
  }
}

function compare(left: Place, right: Place): number {
  if (left.value !== right.value) return left.value < right.value ? -1 : 1
  return left.id - right.id
}

/** How many were asked for. @throws BadArgument */
export function pageSize({ first, last }: Paging): number {
  if (first == null && last == null) {
    throw new BadArgument('you must provide one of first or last')
  }
  if (first != null && last != null) {
    throw new BadArgument('providing both first and last is not supported')
  }
  const size = first ?? last ?? 0
  if (size < 0) throw new BadArgument('first and last cannot be negative')
  if (size > MAX_PAGE) {
    throw new BadArgument(`The value ${size} of first or last exceeds the maximum of ${MAX_PAGE}`)
  }
  return size
}

export interface Connection {
  edges: { cursor: string; node: unknown }[]
  nodes: unknown[]
  pageInfo: {
    hasNextPage: boolean
    hasPreviousPage: boolean
    startCursor: string | null
    endCursor: string | null
  }
}

/** What lists are made of. */
export interface Listing<T> {
  items: readonly T[]
  place: (item: T) => Place
  view: (item: T) => unknown
}

function shown<T>(listing: Listing<T>, page: readonly T[], rest: [boolean, boolean]): Connection {
  const cursors = page.map((item) => cursorOf(listing.place(item)))
  const nodes = page.map((item) => listing.view(item))
  return {
    edges: nodes.map((node, index) => ({ cursor: cursors[index] ?? '', node })),
    nodes,
    pageInfo: {
      hasPreviousPage: rest[0],
      hasNextPage: rest[1],
      startCursor: cursors[0] ?? null,
      endCursor: cursors.at(-1) ?? null,
    },
  }
}

/** All of it, as bulk operations read: they pay no heed to `first`. */
export const whole = <T>(listing: Listing<T>): Connection =>
  shown(listing, listing.items, [false, false])

/** One page, by cursors that name a place and not a number. @throws BadArgument */
export function page<T>(listing: Listing<T>, paging: Paging): Connection {
  const size = pageSize(paging)
  const direction = paging.reverse ? -1 : 1
  const [sample] = listing.items
  const like = sample && listing.place(sample)
  const sorted = listing.items.toSorted(
    (left, right) => direction * compare(listing.place(left), listing.place(right))
  )
  const after = paging.after == null ? null : placeOf(paging.after, like)
  const before = paging.before == null ? null : placeOf(paging.before, like)
  const isIn = (item: T) =>
    (after === null || direction * compare(listing.place(item), after) > 0) &&
    (before === null || direction * compare(listing.place(item), before) < 0)
  const found = sorted.filter(isIn)
  const isLast = paging.first == null
  const part = isLast ? found.slice(Math.max(0, found.length - size)) : found.slice(0, size)
  const left = found.length - part.length
  return shown(listing, part, [
    isLast ? left > 0 : after !== null,
    isLast ? before !== null : left > 0,
  ])
}
