import { dateOf, dayOf } from '../../world/calendar.ts'
import { GaqlError, NotPlayed } from './error.ts'
import type { Condition, Value } from './parse.ts'

/** Both ends included; null where an end is open. */
export interface Days {
  from: number | null
  to: number | null
}

/** Daily figures are kept for this long. */
const MONTHS_KEPT = 37

function dayFrom({ text, isString }: Value, operator: string): number {
  const isDate = isString && /^\d{4}-\d{2}-\d{2}$/.test(text) && dateOf(dayOf(text)) === text
  if (isDate) return dayOf(text)
  if (operator === 'BETWEEN') {
    throw new GaqlError('INVALID_VALUE_WITH_BETWEEN_OPERATOR', `Invalid date value: '${text}'.`)
  }
  throw new GaqlError(
    'INVALID_DATE_FORMAT',
    `Invalid date value: '${text}'. Expected 'YYYY-MM-DD'.`
  )
}

/** https://developers.google.com/google-ads/api/docs/query/date-ranges */
function during(literal: string, today: number): Days {
  const back = /^LAST_(7|14|30)_DAYS$/.exec(literal)?.[1]
  if (back !== undefined) return { from: today - Number(back), to: today - 1 }
  const first = (day: number) => dayOf(`${dateOf(day).slice(0, 7)}-01`)
  const ranges: Record<string, () => Days> = {
    TODAY: () => ({ from: today, to: today }),
    YESTERDAY: () => ({ from: today - 1, to: today - 1 }),
    THIS_MONTH: () => ({ from: first(today), to: today }),
    LAST_MONTH: () => ({ from: first(first(today) - 1), to: first(today) - 1 }),
  }
  const range = ranges[literal]?.()
  if (range !== undefined) return range
  if (/^(THIS|LAST)_(WEEK_(SUN|MON)_(TODAY|SUN|SAT)|BUSINESS_WEEK)$/.test(literal)) {
    throw new NotPlayed(`DURING ${literal}`)
  }
  throw new GaqlError('INVALID_VALUE_WITH_DURING_OPERATOR', `Invalid date range: '${literal}'.`)
}

function rangeOf({ field, operator, values }: Condition, today: number): Days {
  if (field !== 'segments.date') throw new NotPlayed(`conditions on ${field}`)
  const [first, second] = values
  if (first === undefined) throw new GaqlError('BAD_OPERATOR', 'A date needs a value.')
  if (operator === 'DURING') return during(first.text, today)
  const day = dayFrom(first, operator)
  if (operator === 'BETWEEN' && second !== undefined) {
    return { from: day, to: dayFrom(second, operator) }
  }
  const ranges: Record<string, Days> = {
    '=': { from: day, to: day },
    '>=': { from: day, to: null },
    '>': { from: day + 1, to: null },
    '<=': { from: null, to: day },
    '<': { from: null, to: day - 1 },
  }
  const range = ranges[operator]
  if (range !== undefined) return range
  const text = `Operator '${operator}' cannot be used with '${field}'.`
  throw new GaqlError('OPERATOR_FIELD_MISMATCH', text)
}

function monthsBefore(day: number, months: number): number {
  const date = new Date(day * 86_400_000)
  date.setUTCMonth(date.getUTCMonth() - months)
  return Math.floor(date.getTime() / 86_400_000)
}

const latest = (left: number | null, right: number | null) =>
  left === null ? right : right === null ? left : Math.max(left, right)
const earliest = (left: number | null, right: number | null) =>
  left === null ? right : right === null ? left : Math.min(left, right)

/** The days that all conditions on dates leave. */
export function datesOf(conditions: readonly Condition[], today: number): Days {
  const days = conditions
    .map((condition) => rangeOf(condition, today))
    .reduce<Days>(
      (all, one) => ({ from: latest(all.from, one.from), to: earliest(all.to, one.to) }),
      { from: null, to: null }
    )
  if (days.from !== null && days.to !== null && days.from > days.to) {
    throw new GaqlError('DATE_RANGE_TOO_NARROW', 'The start date is after the end date.')
  }
  if (days.from !== null && days.from < monthsBefore(today, MONTHS_KEPT)) {
    throw new GaqlError(
      'REQUESTED_DATE_GRANULARITY_NOT_SUPPORTED',
      'Daily data older than 37 months is not available.',
      'dateRangeError'
    )
  }
  return days
}
