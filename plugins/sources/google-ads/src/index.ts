import { defineSource, oauth2, serviceAccount } from '@analyticaflow/sdk'
import { accountOptions, managerOptions } from './accounts.ts'
import { check } from './check.ts'
import { Config } from './config.ts'
import { classify } from './errors.ts'
import { adDayStream } from './streams/ad_days.ts'
import { adGroups, ads, campaigns } from './streams/structure.ts'
import { API_SUNSET, API_VERSION, BASE_URL, SCOPES } from './vendor.ts'

/** One account of Google Ads. */
export default defineSource({
  id: 'google-ads',
  sourceType: 'google_ads',
  version: '1.0.0',
  sdk: '^1.0.0',
  title: 'Google Ads',
  vendorApi: {
    version: API_VERSION,
    docs: 'https://developers.google.com/google-ads/api/docs/release-notes',
    sunset: API_SUNSET,
  },
  auth: [
    oauth2({
      authorizeUrl: 'https://accounts.google.com/o/oauth2/v2/auth',
      tokenUrl: 'https://oauth2.googleapis.com/token',
      scopes: SCOPES,
      refresh: 'stable',
      pkce: true,
      // Google gives a refresh token at the first consent only, unless it is asked to ask again.
      authorizeParams: { access_type: 'offline', prompt: 'consent' },
    }),
    serviceAccount({ scopes: SCOPES }),
  ],
  config: Config,
  http: {
    baseUrl: BASE_URL,
    headers: ({ login_customer_id: manager }) => ({ 'login-customer-id': manager }),
    // The vendor's own limit is not published; what is beyond it comes back as 429 with a delay.
    limit: { requests: 10, seconds: 1 },
    classify,
    // Google computes before it answers, minutes for a large account.
    timeoutMs: 300_000,
  },
  check,
  options: { accounts: accountOptions, managers: managerOptions },
  streams: { campaigns, ad_groups: adGroups, ads, ad_days: adDayStream },
})
