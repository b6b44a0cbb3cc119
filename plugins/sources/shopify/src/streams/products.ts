import { entityStream, z, type Canonical } from '@analyticaflow/sdk'
import { Amount, moneyOf, nanosOf } from '../amounts.ts'
import { askOf } from '../ask.ts'
import { Config } from '../config.ts'
import { connection } from '../connection.ts'
import { Gid, gidOf } from '../ids.ts'
import { readPaged } from '../paged.ts'

const PAGE_SIZE = 100

const FIELDS = `id legacyResourceId displayName sku price updatedAt
  product { title vendor productType }
  inventoryItem { updatedAt unitCost { amount currencyCode } }`

/** A page of variants. They cannot be sorted by their update, and what a piece costs changes without one. */
export const VARIANTS_PAGE = `
  query Variants($first: Int!, $after: String, $filter: String) {
    productVariants(first: $first, after: $after, query: $filter, sortKey: ID) {
      pageInfo { hasNextPage endCursor } nodes { ${FIELDS} }
    }
    shop { currencyCode }
  }`

/** One variant by its id. */
export const VARIANT_BY_ID = `
  query Variant($id: ID!) { productVariant(id: $id) { ${FIELDS} } shop { currencyCode } }`

const Variant = z.object({
  id: Gid,
  legacyResourceId: z.string(),
  displayName: z.string(),
  sku: z.string().nullable(),
  /** In the currency of the shop. */
  price: Amount,
  updatedAt: z.string(),
  product: z.object({ title: z.string(), vendor: z.string(), productType: z.string() }),
  inventoryItem: z.object({
    updatedAt: z.string(),
    /** Null where nobody entered one, or the app may not see costs. */
    unitCost: z.object({ amount: Amount, currencyCode: z.string() }).nullable(),
  }),
})

export const VariantRow = Variant.extend({ currency: z.string() })
export type VariantRow = z.infer<typeof VariantRow>

const later = (a: string, b: string) => (Date.parse(a) > Date.parse(b) ? a : b)

/** A variant: the thing that has a price, a cost, and lines of orders. */
export function productOf(row: VariantRow): Canonical['product'] {
  const { unitCost } = row.inventoryItem
  // A row has one currency: of a cost in another one, the cost is what is needed.
  const hasPrice = unitCost === null || unitCost.currencyCode === row.currency
  const money = (amount: string, currency: string) => moneyOf(nanosOf(amount), currency)
  return {
    externalId: row.legacyResourceId,
    updatedAt: later(row.updatedAt, row.inventoryItem.updatedAt),
    sku: row.sku,
    name: row.displayName,
    category: row.product.productType,
    brand: row.product.vendor,
    price: hasPrice ? money(row.price, row.currency) : null,
    unitCost: unitCost && money(unitCost.amount, unitCost.currencyCode),
  }
}

const Shop = z.object({ currencyCode: z.string() })
const Variants = z.object({ productVariants: connection(Variant), shop: Shop })
const OneVariant = z.object({ productVariant: Variant.nullable(), shop: Shop })

const rowOf = (variant: z.output<typeof Variant>, { currencyCode }: z.output<typeof Shop>) => ({
  ...variant,
  currency: currencyCode,
})

export const products = entityStream(Config, {
  title: 'Products and their costs',
  emits: 'product',
  row: VariantRow,
  key: ['legacyResourceId'],
  fullPassEveryHours: 24,
  read: (context, _since, resume) =>
    readPaged(
      askOf(context),
      {
        query: VARIANTS_PAGE,
        size: PAGE_SIZE,
        answer: Variants,
        rows: async ({ productVariants: { nodes, pageInfo }, shop }) => ({
          pageInfo,
          nodes: nodes.map((variant) => rowOf(variant, shop)),
        }),
      },
      null,
      resume
    ),
  async refetch(context, [number = '']) {
    const id = gidOf('ProductVariant', number)
    const { productVariant, shop } = await askOf(context)(VARIANT_BY_ID, OneVariant, { id })
    return productVariant && rowOf(productVariant, shop)
  },
  map: productOf,
})
