/** What the simulated shop sells. Prices are in cents of euros, with tax in them. */
export interface Variant {
  id: number
  inventoryItemId: number
  title: string
  sku: string
  priceCents: number
  /** What one costs the shop; unknown for some. */
  costCents: number | null
}

export interface Product {
  id: number
  title: string
  handle: string
  /** Rate of value-added tax where the shop has to collect it. */
  taxRate: number
  /** How often it is bought. */
  weight: number
  variants: Variant[]
}

const COFFEE = 0.07
const EQUIPMENT = 0.19

type Row = [
  title: string,
  taxRate: number,
  weight: number,
  variants: [string, number, number | null][],
]

const beans = (price: number, cost: number): Row[3] => [
  ['250 g', price, cost],
  ['1 kg', Math.round(price * 3.4), cost * 3.6],
]
const one = (price: number, cost: number | null): Row[3] => [['Default Title', price, cost]]

const ROWS: Row[] = [
  ['House Blend', COFFEE, 14, beans(890, 310)],
  ['Espresso Classico', COFFEE, 13, beans(950, 340)],
  ['Ethiopia Guji', COFFEE, 9, beans(1290, 520)],
  ['Colombia Huila', COFFEE, 8, beans(1190, 455)],
  ['Decaf Mountain Water', COFFEE, 5, beans(1090, 430)],
  ['Brazil Cerrado', COFFEE, 7, beans(990, 360)],
  ['Tasting Box', COFFEE, 6, one(2490, 990)],
  ['Paper Filters', EQUIPMENT, 8, one(590, 150)],
  ['Pour-over Dripper', EQUIPMENT, 4, one(2390, 880)],
  ['Glass Server', EQUIPMENT, 3, one(2990, 1240)],
  ['Hand Grinder', EQUIPMENT, 3, one(8900, 4350)],
  ['Electric Grinder', EQUIPMENT, 1.6, one(17900, 9820)],
  ['Moka Pot', EQUIPMENT, 3, one(3490, 1430)],
  ['Gooseneck Kettle', EQUIPMENT, 2, one(7990, 3790)],
  ['Brewing Scale', EQUIPMENT, 2.4, one(4990, 2110)],
  ['Espresso Machine Uno', EQUIPMENT, 0.5, one(44900, 27800)],
  // Nobody has entered what a mug costs.
  ['Stoneware Mug', EQUIPMENT, 4, one(1490, null)],
]

const handleOf = (title: string) => title.toLowerCase().replace(/[^a-z0-9]+/g, '-')

function productOf([title, taxRate, weight, variants]: Row, index: number): Product {
  const id = 8_400_000_000_000 + index * 1009
  return {
    id,
    title,
    handle: handleOf(title),
    taxRate,
    weight,
    variants: variants.map(([name, priceCents, costCents], at) => ({
      id: 44_100_000_000_000 + index * 1009 + at,
      inventoryItemId: 46_300_000_000_000 + index * 1009 + at,
      title: name,
      sku: `${title.replace(/[^A-Z]/g, '')}-${101 + index}-${at + 1}`,
      priceCents,
      costCents,
    })),
  }
}

export const PRODUCTS: readonly Product[] = ROWS.map(productOf)
