/** What the browser knows, so that a new project starts with sensible answers. */

const REGION_CURRENCY: Record<string, string> = {
  US: 'USD',
  GB: 'GBP',
  RU: 'RUB',
  BY: 'BYN',
  KZ: 'KZT',
  UA: 'UAH',
  PL: 'PLN',
  CZ: 'CZK',
  CH: 'CHF',
  SE: 'SEK',
  NO: 'NOK',
  DK: 'DKK',
  TR: 'TRY',
  JP: 'JPY',
  CN: 'CNY',
  IN: 'INR',
  CA: 'CAD',
  AU: 'AUD',
  BR: 'BRL',
  MX: 'MXN',
  AE: 'AED',
  IL: 'ILS',
}

const EURO = new Set('AT BE HR CY EE FI FR DE GR IE IT LV LT LU MT NL PT SK SI ES'.split(' '))

const COMMON = ['USD', 'EUR', 'GBP', 'RUB', 'CHF', 'PLN', 'KZT', 'TRY', 'AED', 'CNY', 'JPY']

const region = (): string => new Intl.Locale(navigator.language).maximize().region ?? 'US'

export function browserCurrency(): string {
  const here = region()
  return EURO.has(here) ? 'EUR' : (REGION_CURRENCY[here] ?? 'USD')
}

export const browserTimezone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone

export interface Choice {
  value: string
  label: string
}

export function currencyChoices(locale: string): Choice[] {
  const names = new Intl.DisplayNames(locale, { type: 'currency' })
  const all = [...new Set([...COMMON, ...Intl.supportedValuesOf('currency')])]
  return all.map((code) => ({ value: code, label: `${code} — ${names.of(code) ?? code}` }))
}

function offset(timeZone: string): string {
  const parts = new Intl.DateTimeFormat('en', { timeZone, timeZoneName: 'longOffset' })
  const name = parts.formatToParts().find(({ type }) => type === 'timeZoneName')?.value ?? 'GMT'
  return name === 'GMT' ? 'UTC+00:00' : name.replace('GMT', 'UTC')
}

export function timezoneChoices(): Choice[] {
  const zones = new Set(['UTC', ...Intl.supportedValuesOf('timeZone'), browserTimezone()])
  return [...zones].map((zone) => ({
    value: zone,
    label: `${zone.replaceAll('_', ' ')} (${offset(zone)})`,
  }))
}

/** The days a week may start with, as the API names them, by their ISO number. */
export const WEEK_STARTS = { monday: 1, saturday: 6, sunday: 7 } as const
export type WeekStart = keyof typeof WEEK_STARTS

/** Named in the language in use. */
export function weekdayChoices(locale: string): Choice[] {
  const format = new Intl.DateTimeFormat(locale, { weekday: 'long', timeZone: 'UTC' })
  return Object.entries(WEEK_STARTS).map(([value, day]) => ({
    value,
    // 2024-01-01 was a Monday.
    label: format.format(new Date(Date.UTC(2024, 0, day))),
  }))
}
