import type { Zone } from '../world/calendar.ts'
import { DAY, dayOf } from '../world/calendar.ts'
import { NotPlayed } from './errors.ts'

/** How a searched field reads from a thing. */
export type Searchable<T> = Record<
  string,
  { kind: 'time' | 'id' | 'text'; read: (item: T) => string | number }
>

export interface Search<T> {
  accepts: (item: T) => boolean
  /** Fields that do not exist: the term is passed over, and the answer says so. */
  warnings: { field: string; message: string; code: string }[]
}

interface Term {
  field: string
  operator: string
  value: string
}

/** https://shopify.dev/docs/api/usage/search-syntax */
const TERM =
  /\s*(AND\b|OR\b|NOT\b|[()]|(-?[a-z_]+):\s*(>=|<=|>|<|)\s*('[^']*'|"[^"]*"|[^\s()]+)|\S+)/y

function termsOf(query: string): Term[] {
  const terms: Term[] = []
  TERM.lastIndex = 0
  while (query.slice(TERM.lastIndex).trim() !== '') {
    const match = TERM.exec(query)
    if (match === null) break
    const [, text = '', field, operator = '', value = ''] = match
    if (text === 'AND') continue
    if (field === undefined || field.startsWith('-')) {
      throw new NotPlayed(`the search term “${text}”`)
    }
    terms.push({ field, operator, value: value.replace(/^(['"])(.*)\1$/, '$2') })
  }
  return terms
}

/** Seconds of a time; a date is midnight in the shop. */
function secondsOf(value: string, zone: Zone): number {
  if (/^\d{4}-\d{2}-\d{2}$/.test(value)) return zone.startOf(dayOf(value))
  if (!/^\d{4}-\d{2}-\d{2}T[\d:.]+(Z|[+-]\d{2}:?\d{2})?$/.test(value)) {
    throw new NotPlayed(`the time “${value}” in a search`)
  }
  const isZoned = /(Z|[+-]\d{2}:?\d{2})$/.test(value)
  const seconds = Date.parse(isZoned ? value : `${value}Z`) / 1000
  return isZoned ? seconds : seconds - zone.offsetAt(seconds)
}

const COMPARE: Record<string, (left: number, right: number) => boolean> = {
  '': (left, right) => left === right,
  '>': (left, right) => left > right,
  '>=': (left, right) => left >= right,
  '<': (left, right) => left < right,
  '<=': (left, right) => left <= right,
}

function acceptor<T>({ field, operator, value }: Term, fields: Searchable<T>, zone: Zone) {
  const { kind, read } = fields[field] ?? { kind: 'text', read: () => '' }
  if (kind === 'text') {
    const wanted = value.toLowerCase().split(',')
    return (item: T) => wanted.includes(String(read(item)).toLowerCase())
  }
  const compare = COMPARE[operator] ?? (() => false)
  if (kind === 'id') {
    const id = Number(value.replace(/^gid:\/\/shopify\/\w+\//, ''))
    return (item: T) => compare(Number(read(item)), id)
  }
  const isDay = operator === '' && !value.includes('T')
  const wanted = secondsOf(value, zone)
  return (item: T) => {
    const at = Number(read(item))
    return isDay ? at >= wanted && at < wanted + DAY : compare(at, wanted)
  }
}

/** @throws NotPlayed for what the double does not understand, rather than to find too much */
export function searchOf<T>(
  query: string | null | undefined,
  fields: Searchable<T>,
  zone: Zone
): Search<T> {
  const terms = termsOf(query ?? '')
  const known = terms.filter(({ field }) => Object.hasOwn(fields, field))
  const unknown = terms.filter(({ field }) => !Object.hasOwn(fields, field))
  const acceptors = known.map((term) => acceptor(term, fields, zone))
  return {
    accepts: (item) => acceptors.every((accepts) => accepts(item)),
    warnings: unknown.map(({ field }) => ({
      field,
      message: 'Invalid search field for this query.',
      code: 'invalid_field',
    })),
  }
}
