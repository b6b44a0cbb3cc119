import { adSpend } from './ad_spend.ts'
import { customers } from './customers.ts'
import { deals } from './deals.ts'
import type { KindSpec } from './kind_spec.ts'
import { orderLines } from './order_lines.ts'
import { orders } from './orders.ts'
import { products } from './products.ts'
import { touchpoints } from './touchpoints.ts'

/** What can be imported, by the `kind` of the import spec. */
export const importKinds = {
  order_lines: orderLines,
  orders,
  ad_spend: adSpend,
  touchpoints,
  deals,
  customers,
  products,
} satisfies Record<string, KindSpec>

export type ImportKind = keyof typeof importKinds

export const importKindNames = Object.keys(importKinds) as [ImportKind, ...ImportKind[]]

export const kindSpec = (kind: ImportKind): KindSpec => importKinds[kind]
