import { generateKeyPairSync } from 'node:crypto'
import { altered, fault, settings, year, type Case, type Made } from './bad_input.ts'
import type { Vendors } from './sandbox_vendors.ts'

/** The app as the sandbox knows it. */
export const APPLICATION = {
  AF_OAUTH_GOOGLE_CLIENT_ID: '728100200300-sandbox.apps.googleusercontent.com',
  AF_OAUTH_GOOGLE_CLIENT_SECRET: 'GOCSPX-sandbox-client-secret',
  AF_OAUTH_GOOGLE_ADS_CLIENT_ID: '728100200300-sandbox.apps.googleusercontent.com',
  AF_OAUTH_GOOGLE_ADS_CLIENT_SECRET: 'GOCSPX-sandbox-client-secret',
}

async function giveKey(made: Made, vendors: Vendors, isOther = false) {
  const file = await vendors.control<object>('google-identity/service_account', {})
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const other = { private_key: privateKey.export({ type: 'pkcs8', format: 'pem' }) }
  const key = JSON.stringify({ ...file, ...(isOther && other) })
  await made.call.patch(made.ads, { credentials: { service_account_key: key } })
}

const MARKETER = 'marketing@harbour-coffee.example'

/** What who signs in at Google agrees to, without the browser. */
async function consent(made: Made) {
  const asked = await made.call.post<{ data: { url: string } }>(`${made.ads}/authorize`)
  const cookie = (asked.headers.get('set-cookie') ?? '').split(';')[0] ?? ''
  const body = new URLSearchParams({ decision: 'allow', user: MARKETER })
  body.append('scope', 'https://www.googleapis.com/auth/adwords')
  const page = await fetch(asked.body.data.url, { method: 'POST', body, redirect: 'manual' })
  await fetch(page.headers.get('location') ?? '', { headers: { cookie }, redirect: 'manual' })
}

const ACCOUNT = { customer_id: '720-555-0134', login_customer_id: '720-555-0100' }
export const account = settings('ads', ACCOUNT)
/** What goes wrong with an ad account, each with its own words. */
export const ofAds: Case[] = [
  {
    name: 'a key that Google does not know',
    break: (made, vendors) => giveKey(made, vendors, true),
    mend: (made, vendors) => giveKey(made, vendors),
    code: 'auth_expired',
    status: 'needs_reauth',
    says: /does not accept the key of the service account/,
  },
  {
    name: 'a key that is none',
    break: (made) =>
      made.call.patch(made.ads, { credentials: { service_account_key: '{"type":"user"}' } }),
    mend: (made, vendors) => giveKey(made, vendors),
    code: 'config_invalid',
    field: 'service_account_key',
    says: /no key file of a service account/,
  },
  {
    name: 'a consent that is taken back',
    break: async (made, vendors) => {
      await made.call.patch(made.ads, { credentials: { service_account_key: null } })
      await consent(made)
      await vendors.control('google-identity/revoke', { user: MARKETER })
    },
    mend: (made, vendors) => giveKey(made, vendors),
    code: 'auth_expired',
    status: 'needs_reauth',
    says: /access was taken back at Google|no longer accepts the consent/,
  },
  {
    name: 'a scope that is missing',
    break: fault('google-ads', { kind: 'missing_scope' }),
    code: 'auth_scope',
    status: 'needs_reauth',
    says: /consent does not cover Google Ads/,
  },
  {
    name: 'an account that there is not',
    break: settings('ads', { customer_id: '999-999-9999' }),
    mend: account,
    code: 'config_invalid',
    field: 'customer_id',
    says: /no ad account with this number/,
  },
  {
    name: 'an account whose manager is not named',
    break: settings('ads', { login_customer_id: null }),
    mend: account,
    code: 'config_invalid',
    field: 'login_customer_id',
    says: /reached through a manager account/,
  },
  {
    name: 'a manager instead of an account',
    break: settings('ads', { customer_id: '720-555-0100' }),
    mend: account,
    code: 'config_invalid',
    field: 'customer_id',
    says: /manager account, which has no figures/,
  },
  {
    name: 'a web page instead of an answer',
    break: fault('google-ads', { kind: 'html' }),
    code: 'vendor_response',
    says: /Google Ads/,
  },
  {
    name: 'a redirect into a private network',
    break: fault('google-ads', { kind: 'redirected', to: 'http://192.168.0.1/' }),
    code: 'vendor_response',
    says: /leads to http:\/\/192\.168\.0\.1, which the connector does not know/,
  },
  {
    name: 'a field that is missing',
    break: altered('google-ads', '"date":', '"datum":'),
    code: 'row_invalid',
    field: 'segments.date',
    says: /segments\.date/,
  },
  {
    name: 'a field of another type',
    break: altered('google-ads', '"costMicros":"', '"costMicros":"about '),
    code: 'row_invalid',
    field: 'metrics.costMicros',
    says: /metrics\.costMicros/,
  },
  {
    name: 'a currency that nobody knows',
    break: altered('google-ads', '"currencyCode":"EUR"', '"currencyCode":"XQQ"'),
    code: 'row_invalid',
    field: 'customer.currencyCode',
    says: /currency code of ISO 4217/,
  },
  {
    name: 'days of the Buddhist calendar',
    break: altered('google-ads', `"date":"${year}`, `"date":"${Number(year) + 543}`),
    code: 'order_violated',
    field: 'date',
    says: /A row of 25\d\d-\d\d-\d\d came for the days/,
  },
  {
    // The last one: nobody opens an account again.
    name: 'an account that its manager has closed',
    break: (_made, vendors) =>
      vendors.control('google-ads/cancel_account', { customer: '7205550134' }),
    code: 'config_invalid',
    field: 'customer_id',
    says: /closed or was never opened/,
  },
]
