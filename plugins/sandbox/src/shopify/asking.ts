import { AccessDenied, ProtectedData } from './errors.ts'
import type { Session } from './installation.ts'
import type { Shop } from './shop.ts'
import type { Webhooks } from './webhooks.ts'

/** How much of customers' data Shopify has approved: 0 none, 1 orders and customers, 2 names too. */
export type DataLevel = 0 | 1 | 2

export interface Given {
  shop: Shop
  session: Session
  webhooks: Webhooks
  plan: string
  dataLevel: DataLevel
}

/** Who asks, and what they may see. */
export class Asking {
  readonly shop: Shop
  readonly session: Session
  readonly webhooks: Webhooks
  readonly plan: string
  readonly isBulk: boolean
  /** Fields that the double does not play and was asked for. */
  readonly notPlayed: string[] = []
  readonly warnings: object[] = []
  readonly #given: Given

  constructor(given: Given, isBulk = false) {
    this.shop = given.shop
    this.session = given.session
    this.webhooks = given.webhooks
    this.plan = given.plan
    this.isBulk = isBulk
    this.#given = given
  }

  /** The same one, asking for all of everything. */
  forBulk(): Asking {
    return new Asking(this.#given, true)
  }

  has(scope: string): boolean {
    return this.session.scopes.includes(scope)
  }

  /** @throws AccessDenied */
  mustHaveScope(field: string, scope: string): void {
    if (!this.has(scope)) throw new AccessDenied(field, scope)
  }

  /** @throws ProtectedData */
  mustHaveOrderData(): void {
    if (this.#given.dataLevel < 1) throw new ProtectedData('Order object')
  }

  /** @throws ProtectedData */
  mustHaveCustomerData(): void {
    if (this.#given.dataLevel < 1) throw new ProtectedData('Customer object')
  }

  /** @throws ProtectedData */
  mustHavePersonalData(field: string): void {
    if (this.#given.dataLevel < 2) throw new ProtectedData(`${field} field`)
  }
}
