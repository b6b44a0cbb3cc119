import { entityStream, Instant, z, type Canonical } from '@analyticaflow/sdk'
import { askOf } from '../ask.ts'
import { endOfRead } from '../clock.ts'
import { Config } from '../config.ts'
import { connection } from '../connection.ts'
import { Gid, gidOf } from '../ids.ts'
import { readPaged } from '../paged.ts'

const PAGE_SIZE = 100

const fields = (personal: boolean) => `id legacyResourceId createdAt updatedAt tags
  ${personal ? 'defaultEmailAddress { emailAddress } defaultPhoneNumber { phoneNumber }' : ''}
  defaultAddress { countryCodeV2 }`

/** A page of customers, oldest update first. */
export const customersPage = (personal: boolean): string => `
  query Customers($first: Int!, $after: String, $filter: String) {
    customers(first: $first, after: $after, query: $filter, sortKey: UPDATED_AT) {
      pageInfo { hasNextPage endCursor } nodes { ${fields(personal)} }
    }
  }`

/** One customer by the id. */
export const customerById = (personal: boolean): string => `
  query Customer($id: ID!) { customer(id: $id) { ${fields(personal)} } }`

export const CustomerRow = z.object({
  id: Gid,
  legacyResourceId: z.string(),
  createdAt: Instant,
  updatedAt: Instant,
  tags: z.array(z.string()),
  /** Absent where the settings leave personal data out. */
  defaultEmailAddress: z.object({ emailAddress: z.string() }).nullish(),
  defaultPhoneNumber: z.object({ phoneNumber: z.string() }).nullish(),
  defaultAddress: z.object({ countryCodeV2: z.string().nullable() }).nullable(),
})
export type CustomerRow = z.infer<typeof CustomerRow>

export const customerOf = (row: CustomerRow): Canonical['customer'] => ({
  externalId: row.legacyResourceId,
  at: row.createdAt,
  updatedAt: row.updatedAt,
  email: row.defaultEmailAddress?.emailAddress,
  phone: row.defaultPhoneNumber?.phoneNumber,
  country: row.defaultAddress?.countryCodeV2,
  tags: row.tags,
})

const Customers = z.object({ customers: connection(CustomerRow) })
const OneCustomer = z.object({ customer: CustomerRow.nullable() })

export const customers = entityStream(Config, {
  title: 'Customers',
  emits: 'customer',
  row: CustomerRow,
  key: ['legacyResourceId'],
  updatedAt: 'updatedAt',
  overlapMinutes: 10,
  async *read(context, { since }, resume) {
    const list = {
      query: customersPage(context.config.personal_data),
      size: PAGE_SIZE,
      answer: Customers,
      rows: async ({ customers: page }: z.output<typeof Customers>) => page,
    }
    const span = resume === null ? { from: since, to: await endOfRead(context) } : null
    yield* readPaged(askOf(context), list, span, resume)
  },
  async refetch(context, [number = '']) {
    const query = customerById(context.config.personal_data)
    const { customer } = await askOf(context)(query, OneCustomer, { id: gidOf('Customer', number) })
    return customer
  },
  map: customerOf,
})
