import { z, type Compliance, type PersonNames } from '@analyticaflow/sdk'

const Demand = z.object({
  customer: z.object({
    id: z.number().int().positive().nullish(),
    email: z.string().nullish(),
    phone: z.string().nullish(),
  }),
})

const listOf = <T>(value: T | null | undefined): T[] =>
  value == null || value === '' ? [] : [value]

/** @throws TypeError if the call names nobody; without the values, which are personal */
function personIn(body: Record<string, unknown>): PersonNames {
  const demand = Demand.safeParse(body)
  if (!demand.success) throw new TypeError('The demand is not as Shopify describes it')
  const { id, email, phone } = demand.data.customer
  const names = {
    customerIds: listOf(id).map(String),
    emails: listOf(email),
    phones: listOf(phone),
  }
  if (Object.values(names).every(({ length }) => length === 0)) {
    throw new TypeError('The demand names nobody')
  }
  return names
}

/**
 * What the law makes Shopify demand. It calls the one address of the app, two days after an app was
 * removed for `shop/redact`. https://shopify.dev/docs/apps/build/compliance/privacy-law-compliance
 */
export const COMPLIANCE: Readonly<Record<string, Compliance>> = {
  'customers/data_request': { kind: 'export', person: personIn },
  'customers/redact': { kind: 'erase', person: personIn },
  'shop/redact': { kind: 'remove' },
}
