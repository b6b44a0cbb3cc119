import { test } from '@japa/runner'
import { contract, type ContractSpec, type VendorRow } from '@analyticaflow/sdk/testing'
import source from '../src/index.ts'
import { failure, fakeGoogleAds } from './fake_google_ads.ts'

const day = (at: Date) => at.toISOString().slice(0, 10)
const named = (row: VendorRow) => ({ ...row, name: `${String(row.name)}, renamed` })

const thing = (number: number) => ({
  id: String(9000 + number),
  name: `No. ${number}`,
  status: number % 5 === 0 ? 'REMOVED' : 'ENABLED',
  account_id: '1234567890',
})

/** Every third is of a Performance Max campaign, which has no ads. */
const adDay = (number: number, at: Date): VendorRow => {
  const isMax = number % 3 === 0
  return {
    date: day(at),
    account_id: '1234567890',
    account_name: 'Shop DE',
    currency: 'EUR',
    campaign_id: isMax ? String(700 + number) : '500',
    campaign_name: isMax ? 'Max' : 'Brand DE',
    channel_type: isMax ? 'PERFORMANCE_MAX' : 'SEARCH',
    ad_group_id: isMax ? '' : '41',
    ad_group_name: isMax ? '' : 'Names',
    ad_id: isMax ? '' : String(100_000 + number),
    ad_name: '',
    cost_micros: String(1_234_567 + number),
    impressions: String(100 + number),
    clicks: String(number % 7),
    conversions: number % 4 === 0 ? 0 : 1.5,
    conversions_value: number % 4 === 0 ? 0 : 24.99,
  }
}

type BadCase = NonNullable<ContractSpec['badCases']>[number]

const refusal = (
  name: string,
  error: Pick<BadCase, 'code' | 'field'>,
  status: number,
  reason: string
): BadCase => ({ ...error, name, reply: () => failure(status, 'authorizationError', reason) })

/** More than one batch holds. */
const LONG = 1001

const spec: ContractSpec = {
  vendor: fakeGoogleAds,
  config: { customer_id: '123-456-7890' },
  unauthorized: failure(401, 'authenticationError', 'OAUTH_TOKEN_EXPIRED'),
  throttled: (seconds) =>
    failure(429, 'quotaError', 'RESOURCE_TEMPORARILY_EXHAUSTED', `${seconds}s`),
  streams: {
    campaigns: {
      make: (number) => ({ ...thing(number), account_name: 'Shop DE', channel_type: 'SEARCH' }),
      change: named,
      rows: LONG,
    },
    ad_groups: {
      make: (number) => ({ ...thing(number), campaign_id: '500' }),
      change: named,
      rows: LONG,
    },
    ads: {
      make: (number) => ({ ...thing(number), campaign_id: '500', ad_group_id: '41' }),
      change: named,
      rows: LONG,
    },
    ad_days: {
      make: adDay,
      change: (row) => ({ ...row, cost_micros: String(Number(row.cost_micros) + 10) }),
      spoil: (row) => ({ ...row, cost_micros: 'a lot' }),
    },
  },
  badCases: [
    { name: 'consent taken back', isRevoked: true, code: 'auth_expired' },
    {
      name: 'no such account',
      config: { customer_id: '999-999-9999' },
      code: 'config_invalid',
      field: 'customer_id',
    },
    refusal(
      'reached through a manager that is not named',
      { code: 'config_invalid', field: 'login_customer_id' },
      403,
      'USER_PERMISSION_DENIED'
    ),
    refusal(
      'closed account',
      { code: 'config_invalid', field: 'customer_id' },
      403,
      'CUSTOMER_NOT_ENABLED'
    ),
    refusal(
      'Cloud project without approval',
      { code: 'auth_scope' },
      403,
      'CLOUD_PROJECT_NOT_APPROVED_FOR_PRODUCTION'
    ),
    {
      name: 'a web page instead of an answer',
      reply: () => ({ text: '<!doctype html><title>Proxy</title>' }),
      code: 'vendor_response',
    },
  ],
}

test.group('Google Ads keeps the contract', () => {
  for (const { name, run, exempt } of contract(source, spec)) {
    test(name, async ({ assert }) => {
      assert.isUndefined(exempt)
      await run()
    })
  }
})
