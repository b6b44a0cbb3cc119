import { Currency, moneyOfUnits, z, type Money } from '@analyticaflow/sdk'

/** Digits behind the point that are kept: as many as the warehouse keeps. */
const PLACES = 9

/** Amount of money in billionths of the unit, so that sums are exact whatever their scale. */
export type Nanos = bigint

const DECIMAL = /^(-?)(\d+)(?:\.(\d+))?$/

/** Decimal text of any scale: "10.0" and "10.00" are the same amount. */
export const Amount = z.string().regex(DECIMAL, 'Expected a decimal number such as 10.0')

/** An amount in the currency of the shop; that of the customer is never asked for. */
export const MoneyBag = z.object({
  shopMoney: z.object({ amount: Amount, currencyCode: Currency }),
})
export type MoneyBag = z.infer<typeof MoneyBag>

/** Digits behind the ninth are cut off: they are noise of the vendor's divisions. */
export function nanosOf(text: string): Nanos {
  const [, sign, whole = '', fraction = ''] = DECIMAL.exec(text) ?? []
  const digits = BigInt(whole + fraction.slice(0, PLACES).padEnd(PLACES, '0'))
  return sign === '-' ? -digits : digits
}

export const nanosIn = (bag: MoneyBag | null | undefined): Nanos =>
  bag == null ? 0n : nanosOf(bag.shopMoney.amount)

export const sum = (amounts: readonly Nanos[]): Nanos =>
  amounts.reduce((total, amount) => total + amount, 0n)

export const moneyOf = (nanos: Nanos, currency: string): Money =>
  moneyOfUnits(nanos, PLACES, currency)

/** Billionths in the smallest coin of a currency: of a cent, of a yen. */
function coinOf(currency: string): Nanos {
  const format = new Intl.NumberFormat('en', { style: 'currency', currency })
  return 10n ** BigInt(PLACES - (format.resolvedOptions().maximumFractionDigits ?? 2))
}

/**
 * `amount × part ÷ whole` in whole coins, half away from zero; nothing of nothing is 0.
 *
 * A share that is no part of a coin keeps what belongs together summing up to the cent.
 */
export function share(amount: Nanos, part: bigint, whole: bigint, currency: string): Nanos {
  if (whole === 0n || part === whole) return part === whole ? amount : 0n
  const coin = coinOf(currency)
  const [numerator, denominator] = [amount * part, whole * coin]
  const isNegative = numerator < 0n !== denominator < 0n
  const [n, d] = [abs(numerator), abs(denominator)]
  const coins = (2n * n + d) / (2n * d)
  return (isNegative ? -coins : coins) * coin
}

const abs = (value: bigint): bigint => (value < 0n ? -value : value)
