import { isoOf } from '../../world/calendar.ts'
import { PRODUCTS, type Product, type Variant } from '../../world/catalogue.ts'
import type { Asking } from '../asking.ts'
import { page, whole, type Paging } from '../connection.ts'
import { amount, gid, moneyOf } from './money.ts'

const inventoryView = (variant: Variant, asking: Asking): object => ({
  __typename: 'InventoryItem',
  id: gid('InventoryItem', variant.inventoryItemId),
  legacyResourceId: String(variant.inventoryItemId),
  sku: variant.sku,
  tracked: true,
  requiresShipping: true,
  createdAt: isoOf(asking.shop.world.zone.startOf(asking.shop.world.firstDay)),
  updatedAt: isoOf(asking.shop.world.zone.startOf(asking.shop.world.firstDay)),
  // Not every shop has entered what its things cost.
  unitCost: variant.costCents === null ? null : moneyOf(variant.costCents),
})

export function variantView(product: Product, variant: Variant, asking: Asking): object {
  const { world } = asking.shop
  return {
    __typename: 'ProductVariant',
    id: gid('ProductVariant', variant.id),
    legacyResourceId: String(variant.id),
    title: variant.title,
    displayName: `${product.title} - ${variant.title}`,
    sku: variant.sku,
    barcode: null,
    price: amount(variant.priceCents),
    compareAtPrice: null,
    taxable: true,
    position: product.variants.indexOf(variant) + 1,
    createdAt: isoOf(world.zone.startOf(world.firstDay)),
    updatedAt: isoOf(world.zone.startOf(world.firstDay)),
    product: () => productView(product, asking),
    inventoryItem: () => inventoryView(variant, asking),
  }
}

export function productView(product: Product, asking: Asking): object {
  const { world } = asking.shop
  const start = isoOf(world.zone.startOf(world.firstDay))
  const listing = {
    items: product.variants,
    place: ({ id }: Variant) => ({ value: id, id }),
    view: (variant: Variant) => variantView(product, variant, asking),
  }
  return {
    __typename: 'Product',
    id: gid('Product', product.id),
    legacyResourceId: String(product.id),
    title: product.title,
    handle: product.handle,
    status: 'ACTIVE',
    vendor: 'Harbour Coffee',
    productType: product.taxRate < 0.1 ? 'Coffee' : 'Equipment',
    tags: [],
    createdAt: start,
    updatedAt: start,
    publishedAt: start,
    isGiftCard: false,
    totalVariants: product.variants.length,
    hasOnlyDefaultVariant: product.variants.length === 1,
    variants: (paging: Paging) => (asking.isBulk ? whole(listing) : page(listing, paging)),
  }
}

/** Lines name their product by id only; the rest of it is looked up where it is asked for. */
export const productOf = (id: number): Product | undefined => PRODUCTS.find((one) => one.id === id)
