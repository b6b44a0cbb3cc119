import { dayOf } from '../world/calendar.ts'
import type { Fields } from '../http/exchange.ts'
import { ControlError, type Vendor } from '../vendor.ts'
import { SHOP_ID, type Account } from './accounts.ts'
import type { Book } from './book.ts'
import type { Quota } from './quota.ts'

export interface State {
  accounts: Account[]
  books: Map<string, Book>
  quota: Quota
}

function number(body: Fields, name: string, fallback?: number): number {
  const value = body[name] ?? fallback
  if (typeof value === 'number' || (typeof value === 'string' && /^\d+$/.test(value))) {
    return Number(value)
  }
  throw new ControlError(`${name} has to be a number`)
}

function text(body: Fields, name: string): string {
  const value = body[name]
  if (typeof value === 'string' && value !== '') return value
  throw new ControlError(`${name} is missing`)
}

function bookOf({ books }: State, body: Fields): Book {
  const book = books.get(body.customer === undefined ? SHOP_ID : text(body, 'customer'))
  if (book === undefined) throw new ControlError('No such customer with campaigns')
  return book
}

/** What can be done to the accounts from outside. */
export const actionsOf = (state: State): Vendor['actions'] => ({
  /** `{customer?, campaign_id, name}` */
  rename_campaign: (body) =>
    bookOf(state, body).rename(number(body, 'campaign_id'), text(body, 'name')),

  /** `{customer?, ad_id}` */
  vanish_ad: (body) => bookOf(state, body).vanish(number(body, 'ad_id')),

  /** `{customer?, from, to, campaign_id?, cost_factor?, clicks_factor?, conversions_factor?}` */
  restate: (body) =>
    bookOf(state, body).restate({
      from: dayOf(text(body, 'from')),
      to: dayOf(text(body, 'to')),
      campaignId: body.campaign_id === undefined ? null : number(body, 'campaign_id'),
      costFactor: number(body, 'cost_factor', 1),
      clicksFactor: number(body, 'clicks_factor', 1),
      conversionsFactor: number(body, 'conversions_factor', 1),
    }),

  /** `{customer}`: closes an account. */
  cancel_account: (body) => {
    const id = text(body, 'customer')
    if (!state.accounts.some((account) => account.id === id)) {
      throw new ControlError('No such customer')
    }
    state.accounts = state.accounts.map((account) =>
      account.id === id ? { ...account, status: 'CANCELED' } : account
    )
  },

  /** `{operations_per_day?, per_second?}` */
  limits: (body) => {
    const { limits } = state.quota
    limits.operationsPerDay = number(body, 'operations_per_day', limits.operationsPerDay)
    limits.perSecond = number(body, 'per_second', limits.perSecond)
  },
})
