import { CURRENCY } from '../../world/world.ts'
import type { Order } from '../../world/types.ts'

/** Shopify leaves the second place out where it is zero: `89.9`, `98.0`, `12.34`. */
export function amount(cents: number): string {
  const digits = String(Math.abs(cents)).padStart(3, '0')
  const text = `${digits.slice(0, -2)}.${digits.slice(-2)}`.replace(/0$/, '')
  return cents < 0 ? `-${text}` : text
}

export const moneyOf = (cents: number, currencyCode = CURRENCY) => ({
  amount: amount(cents),
  currencyCode,
})

/** An amount in the shop's currency and in the customer's. */
export const bagOf = ({ presentment }: Pick<Order, 'presentment'>, cents: number) => ({
  shopMoney: moneyOf(cents),
  presentmentMoney: moneyOf(Math.round(cents * presentment.rate), presentment.currency),
})

export const gid = (type: string, id: number): string => `gid://shopify/${type}/${id}`
