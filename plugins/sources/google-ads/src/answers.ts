import { Currency, z } from '@analyticaflow/sdk'

/** Whole numbers of 64 bits are text in Google's JSON; what is zero or empty may be absent. */
const Int64 = z
  .string()
  .regex(/^-?\d+$/)
  .default('0')
const Id = z.string().regex(/^\d+$/)
const Name = z.string().default('')

// One that nobody knows would set every row aside, and with them what is loaded of their days.
const Customer = z.object({ id: Id, descriptiveName: Name, currencyCode: Currency })
const Campaign = z.object({ id: Id, name: Name, advertisingChannelType: Name })
const Figures = z.object({
  costMicros: Int64,
  impressions: Int64,
  clicks: Int64,
  conversions: z.number().default(0),
  conversionsValue: z.number().default(0),
})
const NONE = { costMicros: '0', impressions: '0', clicks: '0', conversions: 0, conversionsValue: 0 }

/** A day of a campaign. */
export const CampaignDay = z.object({
  customer: Customer,
  campaign: Campaign,
  segments: z.object({ date: z.iso.date() }),
  metrics: Figures.default(NONE),
})
export type CampaignDay = z.infer<typeof CampaignDay>

/** A day of an ad. */
export const AdDay = CampaignDay.extend({
  adGroup: z.object({ id: Id, name: Name }),
  adGroupAd: z.object({ ad: z.object({ id: Id, name: Name }) }),
})
export type AdDay = z.infer<typeof AdDay>

const Owner = z.object({ id: Id, descriptiveName: Name })
const State = { id: Id, name: Name, status: Name }

export const CampaignSetUp = z.object({
  customer: Owner,
  campaign: z.object({ ...State, advertisingChannelType: Name }),
})
export const AdGroupSetUp = z.object({
  customer: Owner,
  campaign: z.object({ id: Id }),
  adGroup: z.object(State),
})
export const AdSetUp = z.object({
  customer: Owner,
  campaign: z.object({ id: Id }),
  adGroup: z.object({ id: Id }),
  adGroupAd: z.object({ status: Name, ad: z.object({ id: Id, name: Name }) }),
})

const account = {
  id: Id,
  descriptiveName: Name,
  currencyCode: z.string().default(''),
  manager: z.boolean().default(false),
  status: Name,
}
export const Account = z
  .object({ customer: z.object({ ...account, timeZone: z.string().default('') }) })
  .transform(({ customer }) => customer)
export const Accessible = z.object({ resourceNames: z.array(z.string()).default([]) })
export const ClientAccount = z
  .object({ customerClient: z.object({ ...account, level: z.string().default('0') }) })
  .transform(({ customerClient }) => customerClient)

/** A body of `searchStream`: a list of chunks, each with some rows or none. */
export const chunksOf = <S extends z.ZodType>(row: S) =>
  z
    .array(z.object({ results: z.array(row).default([]) }))
    .transform((chunks) => chunks.flatMap(({ results }) => results))
