import { sameNames, type KindSpec } from './kind_spec.ts'

export const touchpoints: KindSpec = {
  title: 'Touchpoints',
  required: ['occurred_at'],
  row: {
    kind: 'touchpoint',
    fields: sameNames(
      'occurred_at',
      'client_id',
      'customer_id',
      'email',
      'phone',
      'channel',
      'source',
      'medium',
      'campaign',
      'campaign_id',
      'content',
      'term',
      'click_id',
      'referrer',
      'landing_page',
      'country',
      'device',
      'order_id'
    ),
  },
}
