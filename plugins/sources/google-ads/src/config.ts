import { field, z } from '@analyticaflow/sdk'

/** Ten digits, as the API takes them, or grouped as Google Ads shows them. */
const CUSTOMER_ID = /^(\d{10}|\d{3}-\d{3}-\d{4})$/

/** Id of a Google Ads account; comes out as ten digits. */
export const CustomerId = z
  .string()
  .trim()
  .regex(CUSTOMER_ID, 'Expected the ten digits of a Google Ads account, such as 123-456-7890')
  .transform((id) => id.replaceAll('-', ''))

/** Settings of a connection to one Google Ads account. */
export const Config = z.object({
  customer_id: field(CustomerId, {
    label: 'Ad account',
    help: 'The number at the top right of Google Ads.',
    pick: 'accounts',
  }),
  login_customer_id: field(CustomerId.optional(), {
    label: 'Manager account',
    help: 'Needed where the ad account is reached through a manager account.',
    pick: 'managers',
  }),
  service_account_key: field(z.string().trim().min(1).optional(), {
    label: 'Key of a service account',
    help: 'The JSON file that Google Cloud gave for it. Only where nobody is to sign in.',
    secret: true,
  }),
  // Conversions count on the day of the click, up to 90 days back; 30 is the default window of Google Ads.
  lookback_days: field(z.int().min(1).max(90).default(30), {
    label: 'Re-read the last N days',
    help: 'As long as the longest conversion window of the account.',
  }),
})
export type Config = z.infer<typeof Config>
