import { entityStream, z, type Canonical } from '@analyticaflow/sdk'
import { Amount, moneyOf, nanosOf } from '../amounts.ts'
import { askOf, type Ask } from '../ask.ts'
import { Config } from '../config.ts'
import { connection, rest } from '../connection.ts'
import { Gid, gidOf } from '../ids.ts'
import { readPaged } from '../paged.ts'

const PAGE_SIZE = 50

/** Variants that come with their product; most have fewer, some have 2,048. */
const VARIANTS = 25
const REST = 100

const FIELDS = `id legacyResourceId title sku price updatedAt
  inventoryItem { updatedAt unitCost { amount currencyCode } }`
const PRODUCT = 'id title vendor productType'
const variants = (first: number, after = '') =>
  `variants(first: ${first}${after}) { pageInfo { hasNextPage endCursor } nodes { ${FIELDS} } }`

/** A page of products. What a piece costs changes without an update of its product, so none is filtered by time. */
export const PRODUCTS_PAGE = `
  query Products($first: Int!, $after: String, $filter: String) {
    products(first: $first, after: $after, query: $filter, sortKey: ID) {
      pageInfo { hasNextPage endCursor } nodes { ${PRODUCT} ${variants(VARIANTS)} }
    }
    shop { currencyCode }
  }`

/** Further variants of a product. */
export const MORE_VARIANTS = `
  query MoreVariants($id: ID!, $after: String) {
    node(id: $id) { ... on Product { list: ${variants(REST, ', after: $after')} } } }`

/** One variant by its id. */
export const VARIANT_BY_ID = `
  query Variant($id: ID!) {
    node(id: $id) { ... on ProductVariant { ${FIELDS} product { ${PRODUCT} } } }
    shop { currencyCode }
  }`

const Product = z.object({
  id: Gid,
  title: z.string(),
  vendor: z.string(),
  productType: z.string(),
})

const Variant = z.object({
  id: Gid,
  legacyResourceId: z.string(),
  title: z.string(),
  sku: z.string().nullable(),
  /** In the currency of the shop. */
  price: Amount,
  updatedAt: z.string(),
  inventoryItem: z.object({
    updatedAt: z.string(),
    /** Null where nobody entered one, or the app may not see costs. */
    unitCost: z.object({ amount: Amount, currencyCode: z.string() }).nullable(),
  }),
})

/** A variant, what it is a variant of, and the currency of its price. */
export const VariantRow = Variant.extend({ product: Product, currency: z.string() })
export type VariantRow = z.infer<typeof VariantRow>

/** What Shopify calls the variant of a product that has no variants. */
const NO_VARIANT = 'Default Title'

const nameOf = ({ title, product }: VariantRow): string =>
  title === NO_VARIANT ? product.title : `${product.title} - ${title}`

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
    name: nameOf(row),
    category: row.product.productType,
    brand: row.product.vendor,
    price: hasPrice ? money(row.price, row.currency) : null,
    unitCost: unitCost && money(unitCost.amount, unitCost.currencyCode),
  }
}

const Variants = connection(Variant)
const Shop = z.object({ currencyCode: z.string() })
const Products = z.object({
  products: connection(Product.extend({ variants: Variants })),
  shop: Shop,
})
const More = z.object({ node: z.object({ list: Variants }).nullable() })
const OneVariant = z.object({ node: Variant.extend({ product: Product }).nullable(), shop: Shop })

async function variantsOf(
  ask: Ask,
  { variants: first, ...product }: z.output<typeof Products>['products']['nodes'][number],
  currency: string
): Promise<VariantRow[]> {
  const all = await rest(first, async (after) => {
    const { node } = await ask(MORE_VARIANTS, More, { id: product.id, after })
    return node?.list
  })
  return all.map((variant) => ({ ...variant, product, currency }))
}

async function rowsOf(ask: Ask, { products: page, shop }: z.output<typeof Products>) {
  const rows = []
  for (const product of page.nodes)
    rows.push(...(await variantsOf(ask, product, shop.currencyCode)))
  return { pageInfo: page.pageInfo, nodes: rows }
}

export const products = entityStream(Config, {
  title: 'Products and their costs',
  emits: 'product',
  row: VariantRow,
  key: ['legacyResourceId'],
  fullPassEveryHours: 24,
  read(context, _since, resume) {
    const ask = askOf(context)
    const list = {
      query: PRODUCTS_PAGE,
      size: PAGE_SIZE,
      answer: Products,
      rows: (answer: z.output<typeof Products>) => rowsOf(ask, answer),
    }
    return readPaged(ask, list, null, resume)
  },
  async refetch(context, [number = '']) {
    const id = gidOf('ProductVariant', number)
    const { node, shop } = await askOf(context)(VARIANT_BY_ID, OneVariant, { id })
    return node && { ...node, currency: shop.currencyCode }
  },
  map: productOf,
})
