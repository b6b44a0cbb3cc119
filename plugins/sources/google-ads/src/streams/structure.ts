import { snapshotStream, z, type Context, type Json, type Page } from '@analyticaflow/sdk'
import { AdGroupSetUp, AdSetUp, CampaignSetUp } from '../answers.ts'
import { streamOf } from '../ask.ts'
import { Config } from '../config.ts'
import { structure } from '../queries.ts'

type Asking = Context<typeof Config>

const startOf = (resume: Json): number => (resume === null ? 0 : z.int().parse(resume))

/** All rows of a list, each made flat. */
async function* pagesOf<S extends z.ZodType, R>(
  context: Asking,
  query: string,
  row: S,
  resume: Json,
  flat: (row: z.output<S>) => R
): AsyncGenerator<Page<R>> {
  const options = { row, skip: startOf(resume) }
  const found = streamOf(context, context.config.customer_id, query, options)
  for await (const { rows, read } of found) {
    if (rows.length > 0) yield { rows: rows.map(flat), next: read }
  }
  yield { rows: [], next: null }
}

const text = z.string()
const state = { id: text, name: text, status: text, account_id: text }
const CampaignRow = z.object({ ...state, account_name: text, channel_type: text })
const AdGroupRow = z.object({ ...state, campaign_id: text })
const AdRow = z.object({ ...state, campaign_id: text, ad_group_id: text })

/** Campaigns as they are set up, removed ones included. */
export const campaigns = snapshotStream(Config, {
  title: 'Campaigns',
  emits: 'campaign',
  row: CampaignRow,
  key: ['id'],
  read: (context, _slice, resume) =>
    pagesOf(context, structure.campaigns, CampaignSetUp, resume, ({ customer, campaign }) => ({
      id: campaign.id,
      name: campaign.name,
      status: campaign.status,
      account_id: customer.id,
      account_name: customer.descriptiveName,
      channel_type: campaign.advertisingChannelType,
    })),
  map: (row) => ({
    externalId: row.id,
    name: row.name,
    status: row.status,
    accountId: row.account_id,
    accountName: row.account_name,
    objective: row.channel_type,
  }),
})

export const adGroups = snapshotStream(Config, {
  title: 'Ad groups',
  emits: 'ad_group',
  row: AdGroupRow,
  key: ['id'],
  read: (context, _slice, resume) =>
    pagesOf(context, structure.adGroups, AdGroupSetUp, resume, (row) => ({
      id: row.adGroup.id,
      name: row.adGroup.name,
      status: row.adGroup.status,
      account_id: row.customer.id,
      campaign_id: row.campaign.id,
    })),
  map: (row) => ({
    externalId: row.id,
    name: row.name,
    status: row.status,
    accountId: row.account_id,
    campaignId: row.campaign_id,
  }),
})

/** TRICKY: one ad may stand in several ad groups, so its id alone does not name it. */
export const ads = snapshotStream(Config, {
  title: 'Ads',
  emits: 'ad',
  row: AdRow,
  key: ['ad_group_id', 'id'],
  read: (context, _slice, resume) =>
    pagesOf(context, structure.ads, AdSetUp, resume, (row) => ({
      id: row.adGroupAd.ad.id,
      name: row.adGroupAd.ad.name,
      status: row.adGroupAd.status,
      account_id: row.customer.id,
      campaign_id: row.campaign.id,
      ad_group_id: row.adGroup.id,
    })),
  map: (row) => ({
    externalId: row.id,
    name: row.name,
    status: row.status,
    accountId: row.account_id,
    campaignId: row.campaign_id,
    adGroupId: row.ad_group_id,
  }),
})
