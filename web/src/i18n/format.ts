import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'

/** Locale tags with regional conventions that fit both: day before month, 24-hour clock. */
const LOCALES: Record<string, string> = { en: 'en-GB', ru: 'ru-RU' }

type Named = Intl.NumberFormat | Intl.DateTimeFormat | Intl.DisplayNames

const cache = new Map<string, Named>()

function cached<T extends Named>(key: string, make: () => T): T {
  const found = cache.get(key)
  if (found) return found as T
  const made = make()
  cache.set(key, made)
  return made
}

const number = (locale: string, options: Intl.NumberFormatOptions): Intl.NumberFormat =>
  cached(`n${locale}${JSON.stringify(options)}`, () => new Intl.NumberFormat(locale, options))

const dateTime = (locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat =>
  cached(`d${locale}${JSON.stringify(options)}`, () => new Intl.DateTimeFormat(locale, options))

function country(locale: string, value: string): string {
  if (!/^[A-Z]{2}$/.test(value)) return value
  const names = cached(`c${locale}`, () => new Intl.DisplayNames(locale, { type: 'region' }))
  return names.of(value) ?? value
}

/** Calendar dates have no zone; they are shown as they stand. */
export const toUtc = (date: string): Date => new Date(`${date}T00:00:00Z`)

const DAY: Intl.DateTimeFormatOptions = {
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  timeZone: 'UTC',
}

const TWO_PLACES = { minimumFractionDigits: 2, maximumFractionDigits: 2 } as const

export interface Formatter {
  locale: string
  money: (value: number, currency: string) => string
  /** Short money for axes and tiles: £1.2M. */
  moneyShort: (value: number, currency: string) => string
  /** Money for dense tables, without cents. */
  moneyWhole: (value: number, currency: string) => string
  count: (value: number) => string
  /** Parts of a conversion, aligned on one decimal. */
  credit: (value: number) => string
  countShort: (value: number) => string
  percent: (fraction: number, digits?: number) => string
  /** From one share to another: 12–18%. */
  percentRange: (from: number, to: number) => string
  ratio: (value: number) => string
  /** To six significant digits, as arithmetic is shown. */
  precise: (value: number) => string
  /** Days as the biggest unit that there is at least one of. */
  duration: (days: number) => string
  signed: (fraction: number) => string
  bytes: (value: number) => string
  day: (date: string) => string
  dayShort: (date: string) => string
  weekday: (date: string) => string
  month: (date: string) => string
  range: (from: string, to: string) => string
  moment: (iso: string) => string
  /** The day, with or without its weekday, and the time of day where the project is. */
  dayAt: (iso: string, timeZone: string) => string
  plainDayAt: (iso: string, timeZone: string) => string
  timeAt: (iso: string, timeZone: string) => string
  ago: (iso: string, now?: number) => string
  list: (items: readonly string[]) => string
  /** The name of a country of which there is a code; anything else as it stands. */
  country: (value: string) => string
}

const UNITS: [Intl.RelativeTimeFormatUnit, number][] = [
  ['year', 31_536_000],
  ['month', 2_592_000],
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
]

function ago(locale: string, iso: string, now: number): string {
  const seconds = (Date.parse(iso) - now) / 1000
  const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'auto', style: 'long' })
  const unit = UNITS.find(([, size]) => Math.abs(seconds) >= size)
  return unit
    ? relative.format(Math.trunc(seconds / unit[1]), unit[0])
    : relative.format(0, 'second')
}

const TIME_UNITS = [
  ['day', 1],
  ['hour', 24],
  ['minute', 1440],
] as const

function duration(locale: string, days: number): string {
  const [unit, perDay] = TIME_UNITS.find(([, times]) => days * times >= 1) ?? TIME_UNITS[2]
  const maximumFractionDigits = unit === 'day' && days < 10 ? 1 : 0
  return number(locale, {
    style: 'unit',
    unit,
    unitDisplay: 'long',
    maximumFractionDigits,
  }).format(days * perDay)
}

const BYTE_UNITS = ['byte', 'kilobyte', 'megabyte', 'gigabyte'] as const

function bytes(locale: string, value: number): string {
  const power = value < 1 ? 0 : Math.min(Math.floor(Math.log10(value) / 3), BYTE_UNITS.length - 1)
  const unit = BYTE_UNITS[power] ?? 'byte'
  const maximumFractionDigits = power < 2 ? 0 : 1
  return number(locale, { style: 'unit', unit, maximumFractionDigits }).format(
    value / 1000 ** power
  )
}

const percent = (locale: string, fraction: number, digits: number): string =>
  number(locale, {
    style: 'percent',
    minimumFractionDigits: fraction === 0 ? 0 : digits,
    maximumFractionDigits: digits,
  }).format(fraction)

function percentRange(locale: string, from: number, to: number): string {
  const rounded = number(locale, { style: 'percent', maximumFractionDigits: 1 })
  // Where both round to the same, Intl would write that it is about so much.
  const [least, most] = [rounded.format(from), rounded.format(to)]
  return least === most ? least : rounded.formatRange(from, to)
}

export function formatter(language: string): Formatter {
  const locale = LOCALES[language] ?? 'en-GB'
  const calendar = (date: string, options: Intl.DateTimeFormatOptions): string =>
    dateTime(locale, { ...options, timeZone: 'UTC' }).format(toUtc(date))
  const short = { notation: 'compact', maximumFractionDigits: 1 } as const
  const symbol = { style: 'currency', currencyDisplay: 'narrowSymbol' } as const
  return {
    locale,
    money: (value, currency) => number(locale, { ...symbol, currency }).format(value),
    moneyShort: (value, currency) =>
      number(locale, { ...symbol, ...short, currency, minimumFractionDigits: 0 }).format(value),
    moneyWhole: (value, currency) =>
      number(locale, { ...symbol, currency, maximumFractionDigits: 0 }).format(value),
    credit: (value) =>
      number(locale, { minimumFractionDigits: 1, maximumFractionDigits: 1 }).format(value),
    count: (value) => number(locale, { maximumFractionDigits: 2 }).format(value),
    countShort: (value) => number(locale, short).format(value),
    percent: (fraction, digits = 1) => percent(locale, fraction, digits),
    percentRange: (from, to) => percentRange(locale, from, to),
    ratio: (value) => number(locale, TWO_PLACES).format(value),
    precise: (value) => number(locale, { maximumSignificantDigits: 6 }).format(value),
    duration: (days) => duration(locale, days),
    signed: (fraction) =>
      number(locale, {
        style: 'percent',
        signDisplay: 'exceptZero',
        maximumFractionDigits: Math.abs(fraction) >= 1 ? 0 : 1,
      }).format(fraction),
    bytes: (value) => bytes(locale, value),
    day: (date) => calendar(date, DAY),
    dayShort: (date) => calendar(date, { day: 'numeric', month: 'short' }),
    weekday: (date) => calendar(date, { ...DAY, weekday: 'short' }),
    month: (date) => calendar(date, { month: 'short', year: 'numeric' }),
    range: (from, to) => dateTime(locale, DAY).formatRange(toUtc(from), toUtc(to)),
    moment: (iso) =>
      dateTime(locale, { dateStyle: 'medium', timeStyle: 'short' }).format(new Date(iso)),
    dayAt: (iso, timeZone) =>
      dateTime(locale, { ...DAY, weekday: 'short', timeZone }).format(new Date(iso)),
    plainDayAt: (iso, timeZone) => dateTime(locale, { ...DAY, timeZone }).format(new Date(iso)),
    timeAt: (iso, timeZone) =>
      dateTime(locale, { hour: '2-digit', minute: '2-digit', timeZone }).format(new Date(iso)),
    ago: (iso, now = Date.now()) => ago(locale, iso, now),
    list: (items) => new Intl.ListFormat(locale, { type: 'conjunction' }).format(items),
    country: (value) => country(locale, value),
  }
}

/** The formatter of the language in use. */
export function useFormat(): Formatter {
  const { i18n } = useTranslation()
  return useMemo(() => formatter(i18n.language), [i18n.language])
}
