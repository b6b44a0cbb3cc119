import { sameNames, type KindSpec } from './kind_spec.ts'

export const adSpend: KindSpec = {
  title: 'Ad costs',
  required: ['date', 'cost', 'currency'],
  row: {
    kind: 'ad_spend_daily',
    fields: {
      ...sameNames('date', 'account_id', 'campaign_id', 'ad_group_id', 'ad_id'),
      account_name: 'account',
      campaign_name: 'campaign',
      ad_group_name: 'ad_group',
      ad_name: 'ad',
      ...sameNames('source', 'medium', 'country', 'device', 'cost', 'impressions', 'clicks'),
      ...sameNames('conversions', 'conversion_value', 'currency'),
    },
  },
}
