import { z } from 'zod'

const CURRENCIES = new Set(Intl.supportedValuesOf('currency'))

/** At most 15 digits before and 9 after the point: what the warehouse keeps exactly. */
const DECIMAL = /^-?\d{1,15}(\.\d{1,9})?$/

/** Decimal number as text, `-12.30`: |value| < 10¹⁵, at most 9 decimals, no exponent, no float. */
export const Decimal = z
  .string()
  .regex(DECIMAL, 'Expected a decimal number such as -12.30, below 10^15, at most 9 decimals')
export type Decimal = z.infer<typeof Decimal>

/** Count that may be fractional (quantities, modelled conversions): decimal text or a number. */
export const Quantity = z.union([Decimal, z.number().gt(-1e15).lt(1e15)])
export type Quantity = z.infer<typeof Quantity>

/**
 * Digits before the point that the factors of a line may have: together 20, which leaves 18 of 38
 * for the decimals of the product.
 */
export const factorDigits = { quantity: 9, unit_price: 11 } as const

/** Whether the decimal is below 10 to that power. */
export const hasWholeDigits = (value: string | number, digits: number): boolean =>
  Math.abs(Number(value)) < 10 ** digits

/** ISO 4217 code in capitals. */
export const Currency = z
  .string()
  .refine((code) => CURRENCIES.has(code), 'Expected a currency code of ISO 4217, such as EUR')
export type Currency = z.infer<typeof Currency>

/** An amount and its currency; the amount is in major units (euros, not cents). */
export const Money = z.strictObject({ amount: Decimal, currency: Currency })
export type Money = z.infer<typeof Money>

/**
 * Decimal text of a number or of decimal text, without exponent and trailing zeros.
 *
 * @throws RangeError for anything that is not a decimal number below 10¹⁵ with at most 9 decimals
 */
export function decimal(value: string | number | bigint): Decimal {
  // toFixed(9) prints more digits than a double holds only beyond 10^6, where they are zeros or noise below 10^-9.
  const text = typeof value === 'number' ? value.toFixed(9) : String(value).replace(/^\+/, '')
  const plain = text.includes('.') ? text.replace(/\.?0+$/, '') : text
  if (!DECIMAL.test(plain)) throw new RangeError('Not a decimal number below 10^15')
  return plain === '-0' ? '0' : plain
}

/** Money of an amount in major units. @throws RangeError as {@link decimal} */
export const money = (amount: string | number | bigint, currency: string): Money => ({
  amount: decimal(amount),
  currency,
})

/**
 * Money of an amount in a fraction of the unit: 2 for cents, 6 for micros (Google Ads).
 *
 * @throws RangeError if `units` is not an integer
 */
export function moneyOfUnits(
  units: string | number | bigint,
  places: number,
  currency: string
): Money {
  const count = toBigInt(units)
  const digits = (count < 0n ? -count : count).toString().padStart(places + 1, '0')
  const whole = digits.slice(0, digits.length - places)
  const amount = places === 0 ? whole : `${whole}.${digits.slice(-places)}`
  return money((count < 0n ? '-' : '') + amount, currency)
}

function toBigInt(units: string | number | bigint): bigint {
  if (typeof units === 'string' && !/^-?\d+$/.test(units)) throw new RangeError('Not an integer')
  return BigInt(units)
}

/** Money of millionths, as Google Ads counts it. @throws RangeError if `micros` is not an integer */
export const moneyOfMicros = (micros: string | number | bigint, currency: string): Money =>
  moneyOfUnits(micros, 6, currency)
