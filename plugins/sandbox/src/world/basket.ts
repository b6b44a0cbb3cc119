/** What is in an order and what it costs, in whole cents, so that the parts always add up. */
import { PRODUCTS } from './catalogue.ts'
import { mix, pick, poisson, unit } from './random.ts'
import type { Line } from './types.ts'

/** Where the shop collects value-added tax in its prices. Switzerland's is added on top. */
const TAX_INSIDE = new Set(['DE', 'AT', 'FR'])
const SWISS_RATE = 0.081

export const PRESENTMENT: Record<string, { currency: string; rate: number }> = {
  CH: { currency: 'CHF', rate: 0.94 },
  GB: { currency: 'GBP', rate: 0.86 },
  US: { currency: 'USD', rate: 1.09 },
}
export const OWN_CURRENCY = { currency: 'EUR', rate: 1 }

export const hasTaxInside = (country: string): boolean => TAX_INSIDE.has(country)

function taxOf(cents: number, rate: number, country: string): number {
  if (hasTaxInside(country)) return Math.round((cents * rate) / (1 + rate))
  return country === 'CH' ? Math.round(cents * SWISS_RATE) : 0
}

/** The rate that a tax line of the order names; 0 where none is due. */
export function taxRateOf(line: Line, country: string): number {
  if (hasTaxInside(country)) return line.product.taxRate
  return country === 'CH' ? SWISS_RATE : 0
}

export interface Discount {
  code: string
  rate: number
}

const CODES: Discount[] = [
  { code: 'WELCOME10', rate: 0.1 },
  { code: 'BREW15', rate: 0.15 },
]

export function discountOf(state: number, isFirst: boolean): Discount | null {
  if (unit(state, 201) >= (isFirst ? 0.24 : 0.12)) return null
  return CODES[isFirst ? 0 : 1] ?? null
}

/** What is bought. Baskets know nothing of the visits before them. */
export function linesOf(state: number, country: string, discount: Discount | null): Line[] {
  const count = Math.min(5, 1 + poisson(state, 210, 0.75))
  const taken = new Set<number>()
  const lines: Line[] = []
  for (let index = 0; index < count; index += 1) {
    const own = mix(state, 220 + index)
    const place = pick(
      own,
      1,
      PRODUCTS.map(({ weight }, at) => (taken.has(at) ? 0 : weight))
    )
    taken.add(place)
    const product = PRODUCTS[place]
    const variant = product?.variants[Math.floor(unit(own, 2) * product.variants.length)]
    if (product === undefined || variant === undefined) continue
    const quantity = 1 + (variant.priceCents < 3000 ? poisson(own, 3, 0.35) : 0)
    const full = quantity * variant.priceCents
    const discountCents = Math.round(full * (discount?.rate ?? 0))
    lines.push({
      id: index,
      product,
      variant,
      quantity,
      unitCents: variant.priceCents,
      discountCents,
      taxCents: taxOf(full - discountCents, product.taxRate, country),
    })
  }
  return lines
}

/** Free above 60 euros at home; no tax is shown on it. */
export function shippingOf(country: string, lines: readonly Line[]): number {
  const worth = lines.reduce((sum, line) => sum + line.quantity * line.unitCents, 0)
  if (country === 'DE' || country === 'AT') return worth >= 6000 ? 0 : 490
  return worth >= 12_000 ? 0 : 990
}
