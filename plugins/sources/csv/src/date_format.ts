import type { TimeZone } from './time_zone.ts'

/** A date as it stands in a cell. */
export interface WallTime {
  /** Milliseconds since 1970, the wall time taken as UTC. */
  wall: number
  /** Offset from UTC in milliseconds, if the cell names it. */
  offset: number | undefined
}

/** Why a cell is no date. */
export type DateProblem = 'format' | 'calendar' | 'range'

const PARTS: Record<string, string> = {
  YYYY: '(?<year>\\d{4})',
  MM: '(?<month>\\d{1,2})',
  DD: '(?<day>\\d{1,2})',
  HH: '(?<hour>\\d{1,2})',
  mm: '(?<minute>\\d{2})',
  ss: '(?<second>\\d{2})',
}
const TOKENS = /YYYY|MM|DD|HH|mm|ss/g
/** No clock is further from UTC than 14 hours. */
const OFFSET = '(?: ?(?<offset>Z|[+-](?:0\\d|1[0-4])(?::?[0-5]\\d)?))?'

/** What `auto` takes: ISO 8601 with a space or T, time, seconds, fraction and offset as they come. */
const ISO = new RegExp(
  `^(?<year>\\d{4})-(?<month>\\d{2})-(?<day>\\d{2})(?:[ T](?<hour>\\d{2}):(?<minute>\\d{2})` +
    `(?::(?<second>\\d{2})(?:[.,](?<fraction>\\d{1,9}))?)?${OFFSET})?$`
)

/** Years that the warehouse keeps. */
const FIRST = Date.UTC(1970, 0, 1)
const AFTER_LAST = Date.UTC(2106, 0, 1)

/** What is wrong with a `date_format`, or `undefined`. */
export function dateFormatProblem(format: string): string | undefined {
  if (format === 'auto') return undefined
  const tokens: string[] = format.match(TOKENS) ?? []
  if (new Set(tokens).size !== tokens.length) return 'A part occurs twice'
  for (const token of ['YYYY', 'MM', 'DD']) {
    if (!tokens.includes(token)) return `${token} is missing`
  }
  if (/[A-Za-z]/.test(format.replace(TOKENS, '').replaceAll('T', ''))) {
    return 'The parts are YYYY, MM, DD, HH, mm and ss'
  }
  return undefined
}

function compile(format: string): RegExp {
  if (format === 'auto') return ISO
  const literal = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
  const pieces = format.split(/(YYYY|MM|DD|HH|mm|ss)/)
  const pattern = pieces.map((piece) => PARTS[piece] ?? literal(piece)).join('')
  // Parts side by side have no end but their length.
  const rigid = /(YYYY|MM|DD|HH|mm|ss)(YYYY|MM|DD|HH|mm|ss)/.test(format)
  return new RegExp(`^${rigid ? pattern.replaceAll('{1,2}', '{2}') : pattern}${OFFSET}$`)
}

/** Reads dates of one format. */
export class DateFormat {
  readonly #pattern: RegExp
  readonly #name: string

  constructor(format: string) {
    this.#name = format
    this.#pattern = compile(format)
  }

  /** The day and time in the text, or why there is none. */
  read(text: string): WallTime | DateProblem {
    const groups = this.#pattern.exec(text)?.groups
    if (groups === undefined) return 'format'
    const day = dayOf(Number(groups.year), Number(groups.month), Number(groups.day))
    const clock = clockOf(groups)
    if (day === undefined || clock === undefined) return 'calendar'
    const { offset } = groups
    return { wall: day + clock, offset: offset === undefined ? undefined : offsetOf(offset) }
  }

  /** A sentence's end for the user. */
  problem(text: string): string {
    const result = this.read(text)
    if (result === 'calendar') return 'is a date or time that does not exist'
    if (result !== 'format') return 'is outside the years 1970 to 2105'
    return this.#name === 'auto'
      ? 'is not a date such as 2025-12-31 08:26:00; for other forms set date_format, for instance DD/MM/YYYY HH:mm'
      : `does not look like ${this.#name}`
  }
}

/** Midnight of a day, taken as UTC; `undefined` if there is no such day. */
export function dayOf(year: number, month: number, day: number): number | undefined {
  // TRICKY: Date.UTC reads the years 0 to 99 as 1900 to 1999; no file means either.
  if (year < 100) return undefined
  const date = new Date(Date.UTC(year, month - 1, day))
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day ? date.getTime() : undefined
}

/** Milliseconds since midnight; `undefined` if no clock shows it. */
function clockOf(groups: Record<string, string>): number | undefined {
  const { hour = '0', minute = '0', second = '0', fraction = '0' } = groups
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) return undefined
  const seconds = (Number(hour) * 60 + Number(minute)) * 60 + Number(second)
  return seconds * 1000 + Number(fraction.padEnd(3, '0').slice(0, 3))
}

function offsetOf(text: string): number {
  if (text === 'Z') return 0
  const digits = text.slice(1).replace(':', '')
  const minutes = Number(digits.slice(0, 2)) * 60 + Number(digits.slice(2) || '0')
  return (text.startsWith('-') ? -minutes : minutes) * 60_000
}

/** Whether a time lies in the years that the warehouse keeps. */
export const inRange = (time: number): boolean => time >= FIRST && time < AFTER_LAST

/** Seconds and milliseconds of the instant, as the wire writes times. */
export function instantText(text: string, format: DateFormat, zone: TimeZone): string | undefined {
  const read = format.read(text)
  if (typeof read === 'string') return undefined
  const instant = read.offset === undefined ? zone.instant(read.wall) : read.wall - read.offset
  if (!inRange(instant)) return undefined
  const digits = String(instant).padStart(13, '0')
  return `${digits.slice(0, -3)}.${digits.slice(-3)}`
}

/** The calendar day of a date or time, as it stands there. */
export function dayText(text: string, format: DateFormat): string | undefined {
  const read = format.read(text)
  if (typeof read === 'string' || !inRange(read.wall)) return undefined
  return new Date(read.wall).toISOString().slice(0, 10)
}
