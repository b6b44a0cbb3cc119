import type { Window } from '@analyticaflow/sdk'

/** Without it every resource that a query touches comes with its name, which says what its id says. */
const PLAIN = 'PARAMETERS omit_unselected_resource_names=true'

const FIGURES =
  'metrics.cost_micros, metrics.impressions, metrics.clicks, metrics.conversions, metrics.conversions_value'
const OF_CAMPAIGN =
  'segments.date, customer.id, customer.descriptive_name, customer.currency_code, campaign.id, campaign.name, campaign.advertising_channel_type'

/**
 * Of removed campaigns and ads, too: what they cost was spent. The order makes a stream that breaks off
 * continue where it was.
 */
const daily = (resource: string, fields: string, order: string, { from, to }: Window): string =>
  `SELECT ${fields} FROM ${resource} WHERE segments.date BETWEEN '${from}' AND '${to}' ORDER BY ${order} ${PLAIN}`

/** What each ad cost on each day. Campaigns without ads, such as Performance Max, are missing from it. */
export const adDays = (window: Window): string =>
  daily(
    'ad_group_ad',
    `${OF_CAMPAIGN}, ad_group.id, ad_group.name, ad_group_ad.ad.id, ad_group_ad.ad.name, ${FIGURES}`,
    'segments.date, ad_group.id, ad_group_ad.ad.id',
    window
  )

/** What each campaign cost on each day, ads or not. */
export const campaignDays = (window: Window): string =>
  daily('campaign', `${OF_CAMPAIGN}, ${FIGURES}`, 'segments.date, campaign.id', window)

/** How the account is set up. TRICKY: with figures or days asked for, whatever had none would be missing. */
export const structure = {
  campaigns: `SELECT customer.id, customer.descriptive_name, campaign.id, campaign.name, campaign.status, campaign.advertising_channel_type FROM campaign ORDER BY campaign.id ${PLAIN}`,
  adGroups: `SELECT customer.id, campaign.id, ad_group.id, ad_group.name, ad_group.status FROM ad_group ORDER BY ad_group.id ${PLAIN}`,
  ads: `SELECT customer.id, campaign.id, ad_group.id, ad_group_ad.ad.id, ad_group_ad.ad.name, ad_group_ad.status FROM ad_group_ad ORDER BY ad_group.id, ad_group_ad.ad.id ${PLAIN}`,
} as const

export const ACCOUNT =
  'SELECT customer.id, customer.descriptive_name, customer.currency_code, customer.time_zone, customer.manager, customer.status FROM customer LIMIT 1'

/** All accounts below a manager, and itself. */
export const TREE =
  'SELECT customer_client.id, customer_client.descriptive_name, customer_client.currency_code, customer_client.manager, customer_client.status, customer_client.level FROM customer_client'
