import { isoOf } from '../../world/calendar.ts'
import { amountsOf } from '../../world/money.ts'
import type { Asking } from '../asking.ts'
import type { KnownCustomer } from '../shop.ts'
import { gid, moneyOf } from './money.ts'

/** A customer. Name, address and e-mail need a second approval by Shopify. */
export function customerView(customer: KnownCustomer, asking: Asking): object {
  const { person } = customer.life
  asking.mustHaveCustomerData()
  const isHidden = asking.shop.isRedacted(person.id)
  const personal = (field: string, value: string | null) => () => {
    asking.mustHavePersonalData(field)
    return isHidden ? null : value
  }
  const spent = customer.orders
    .filter(({ isTest, cancelledAt }) => !isTest && cancelledAt === null)
    .reduce((sum, order) => sum + amountsOf(order).totalCents, 0)
  const email = () => {
    asking.mustHavePersonalData('defaultEmailAddress')
    if (isHidden) return null
    return { emailAddress: person.email, validFormat: true, marketingState: 'NOT_SUBSCRIBED' }
  }
  return {
    __typename: 'Customer',
    id: gid('Customer', person.id),
    legacyResourceId: String(person.id),
    createdAt: isoOf(customer.createdAt),
    updatedAt: isoOf(customer.updatedAt),
    // 64-bit numbers are text.
    numberOfOrders: String(customer.orders.length),
    amountSpent: moneyOf(spent),
    state: 'DISABLED',
    locale: person.country === 'DE' ? 'de' : 'en',
    verifiedEmail: true,
    taxExempt: false,
    tags: [],
    note: null,
    displayName: personal('displayName', `${person.name.first} ${person.name.last}`),
    firstName: personal('firstName', person.name.first),
    lastName: personal('lastName', person.name.last),
    email: personal('email', person.email),
    phone: personal('phone', null),
    defaultEmailAddress: email,
    defaultPhoneNumber: personal('defaultPhoneNumber', null),
    defaultAddress: {
      __typename: 'MailingAddress',
      countryCodeV2: person.country,
      country: person.country,
    },
  }
}
