import type { z } from 'zod'
import { Ad, AdGroup, AdSpendDaily, Campaign } from './ads.ts'
import { ExchangeRate, Product } from './catalog.ts'
import { Customer, Deal, DealStage, Lead } from './crm.ts'
import { Order } from './order.ts'
import { OrderLine } from './order_line.ts'
import { Refund } from './refund.ts'
import { Call, CustomEvent, Session, Touchpoint } from './visits.ts'

/** Schema of every canonical row, by kind: what `map` returns and the core validates. */
export const canonical = {
  order: Order,
  order_line: OrderLine,
  refund: Refund,
  customer: Customer,
  product: Product,
  ad_spend_daily: AdSpendDaily,
  campaign: Campaign,
  ad_group: AdGroup,
  ad: Ad,
  touchpoint: Touchpoint,
  session: Session,
  lead: Lead,
  deal: Deal,
  deal_stage: DealStage,
  call: Call,
  custom_event: CustomEvent,
  exchange_rate: ExchangeRate,
}

/** Type of every canonical row, by kind. */
export type Canonical = { [K in keyof typeof canonical]: z.infer<(typeof canonical)[K]> }

/** Name of a canonical kind. */
export type Kind = keyof Canonical

/** All kinds. */
export const kinds = Object.keys(canonical) as Kind[]

export { Ad, AdGroup, AdSpendDaily, Campaign } from './ads.ts'
export { ExchangeRate, Product } from './catalog.ts'
export { Customer, Deal, DealStage, Lead } from './crm.ts'
export { Order, OrderItem } from './order.ts'
export { OrderLine } from './order_line.ts'
export { Refund, RefundItem } from './refund.ts'
export { Call, CustomEvent, Session, Touchpoint } from './visits.ts'
