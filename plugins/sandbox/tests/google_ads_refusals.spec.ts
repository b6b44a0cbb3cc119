import { test } from '@japa/runner'
import { Ads, CAMPAIGNS, errorOf, ROOT, SHOP, WEEK } from './ads.ts'
import { MANAGER, useSandbox } from './support.ts'

test.group('Google Ads refuses', (group) => {
  const bench = useSandbox(group)
  let ads: Ads
  group.each.setup(() => {
    ads = new Ads(bench.current)
  })

  test('{query}: {code}')
    .with([
      { query: 'campaign.id FROM campaign', code: 'EXPECTED_SELECT' },
      { query: 'SELECT campaign.id', code: 'EXPECTED_FROM' },
      { query: 'SELECT campaign.id FROM', code: 'UNEXPECTED_END_OF_QUERY' },
      { query: 'SELECT campaign.id FROM campaign AND', code: 'UNEXPECTED_INPUT' },
      {
        query: "SELECT campaign.id FROM campaign WHERE campaign.name = 'x",
        code: 'STRING_NOT_TERMINATED',
      },
      { query: 'SELECT campaign.id FROM campaign WHERE campaign.id ; 1', code: 'BAD_SYMBOL' },
      { query: 'SELECT campaign.id FROM campaign LIMIT 0', code: 'LIMIT_VALUE_TOO_LOW' },
      { query: 'SELECT campaign.id FROM campaign LIMIT x', code: 'BAD_LIMIT_VALUE' },
      { query: 'SELECT campaign.nmae FROM campaign', code: 'UNRECOGNIZED_FIELD' },
      { query: 'SELECT campaign.start_date FROM campaign', code: 'UNRECOGNIZED_FIELD' },
      { query: 'SELECT campaign.id FROM campaings', code: 'BAD_RESOURCE_TYPE_IN_FROM_CLAUSE' },
      {
        query: 'SELECT ad_group.id FROM campaign',
        code: 'PROHIBITED_RESOURCE_TYPE_IN_SELECT_CLAUSE',
      },
      {
        query: 'SELECT campaign.id FROM campaign WHERE ad_group.id = 1',
        code: 'PROHIBITED_RESOURCE_TYPE_IN_WHERE_CLAUSE',
      },
      {
        query: 'SELECT customer_client.id, metrics.clicks FROM customer_client',
        code: 'PROHIBITED_METRIC_IN_SELECT_OR_WHERE_CLAUSE',
      },
      {
        query: 'SELECT customer_client.id, segments.year FROM customer_client',
        code: 'PROHIBITED_SEGMENT_IN_SELECT_OR_WHERE_CLAUSE',
      },
      {
        query: 'SELECT campaign.id FROM campaign ORDER BY campaign.name',
        code: 'EXPECTED_REFERENCED_FIELD_IN_SELECT_CLAUSE',
      },
      {
        query: "SELECT campaign.id FROM campaign WHERE segments.day_of_week = 'MONDAY'",
        code: 'EXPECTED_REFERENCED_FIELD_IN_SELECT_CLAUSE',
      },
      {
        query: 'SELECT segments.date, campaign.id FROM campaign',
        code: 'EXPECTED_FILTERS_ON_DATE_RANGE',
      },
      {
        query: "SELECT segments.date FROM campaign WHERE segments.date >= '2026-01-01'",
        code: 'EXPECTED_FILTERS_ON_DATE_RANGE',
      },
      {
        query:
          "SELECT campaign.id FROM campaign WHERE segments.date BETWEEN '2026-02-30' AND '2026-03-01'",
        code: 'INVALID_VALUE_WITH_BETWEEN_OPERATOR',
      },
      {
        query: "SELECT campaign.id FROM campaign WHERE segments.date = '1.2.2026'",
        code: 'INVALID_DATE_FORMAT',
      },
      {
        query:
          "SELECT campaign.id FROM campaign WHERE segments.date BETWEEN '2026-03-02' AND '2026-03-01'",
        code: 'DATE_RANGE_TOO_NARROW',
      },
      {
        query:
          "SELECT campaign.id FROM campaign WHERE segments.date BETWEEN '2026-03-02', '2026-03-01'",
        code: 'EXPECTED_AND',
      },
      {
        query: 'SELECT campaign.id FROM campaign WHERE segments.date DURING EVER',
        code: 'INVALID_VALUE_WITH_DURING_OPERATOR',
      },
      {
        query: 'SELECT campaign.id FROM campaign WHERE campaign.status = RUNNING',
        code: 'BAD_ENUM_CONSTANT',
      },
      { query: "SELECT campaign.id FROM campaign WHERE campaign.id = 'x'", code: 'BAD_VALUE' },
      {
        query: 'SELECT campaign.id FROM campaign WHERE campaign.id IN ()',
        code: 'PROHIBITED_EMPTY_LIST_IN_CONDITION',
      },
      { query: 'SELECT campaign.id FROM campaign WHERE campaign.id IN 1', code: 'EXPECTED_LIST' },
      {
        query: "SELECT campaign.id FROM campaign WHERE campaign.status > 'ENABLED'",
        code: 'OPERATOR_FIELD_MISMATCH',
      },
      {
        query: 'SELECT campaign.id FROM campaign WHERE campaign.id LIKE 1',
        code: 'OPERATOR_FIELD_MISMATCH',
      },
      {
        query: 'SELECT campaign.id FROM campaign WHERE campaign.id EQUALS 1',
        code: 'BAD_OPERATOR',
      },
      {
        query: 'SELECT campaign.id FROM campaign PARAMETERS colour=true',
        code: 'BAD_PARAMETER_NAME',
      },
      {
        query: 'SELECT campaign.id FROM campaign PARAMETERS include_drafts=maybe',
        code: 'BAD_PARAMETER_VALUE',
      },
    ])
    .run(async ({ assert }, { query, code }) => {
      assert.deepEqual(errorOf(await ads.search(query)), {
        code: 400,
        errorCode: { queryError: code },
      })
    })

  test('days of more than 37 months ago', async ({ assert }) => {
    const query = CAMPAIGNS.replace(WEEK, "segments.date BETWEEN '2023-02-01' AND '2023-02-07'")
    assert.deepEqual(errorOf(await ads.stream(query)), {
      code: 400,
      errorCode: { dateRangeError: 'REQUESTED_DATE_GRANULARITY_NOT_SUPPORTED' },
    })
  })

  test('metrics of a manager', async ({ assert }) => {
    const reply = await ads.stream(CAMPAIGNS, ROOT)
    assert.isArray(reply.body)
    assert.deepEqual(errorOf(reply).errorCode, { queryError: 'REQUESTED_METRICS_FOR_MANAGER' })
  })

  test('a size of pages, unknown fields and unknown parameters', async ({ assert }) => {
    const sized = await ads.search(CAMPAIGNS, SHOP, { pageSize: 100 })
    assert.deepEqual(errorOf(sized).errorCode, { requestError: 'PAGE_SIZE_NOT_SUPPORTED' })
    const unknown = await ads.search(CAMPAIGNS, SHOP, { colour: 'red' })
    assert.equal(unknown.status, 400)
    assert.include(unknown.body.error.message, 'Unknown name "colour": Cannot find field.')
    const parameter = await ads.ask(`/v26/customers/${SHOP}/googleAds:search?colour=red`, {
      query: CAMPAIGNS,
    })
    assert.include(parameter.body.error.message, 'Cannot bind query parameter')
    const streamed = await ads.ask(`/v26/customers/${SHOP}/googleAds:searchStream`, {
      query: CAMPAIGNS,
      pageToken: 'x',
    })
    assert.include(streamed.body[0].error.message, 'Unknown name "pageToken"')
    assert.equal((await ads.ask(`/v26/customers/${SHOP}/googleAds:search`, {})).status, 400)
  })

  test('a client account without the manager that leads to it', async ({ assert }) => {
    const direct = await ads.ask(
      `/v26/customers/${SHOP}/googleAds:search`,
      { query: CAMPAIGNS },
      { 'login-customer-id': SHOP }
    )
    assert.deepEqual(errorOf(direct), {
      code: 403,
      errorCode: { authorizationError: 'USER_PERMISSION_DENIED' },
    })
    const dashed = await ads.ask(
      `/v26/customers/${SHOP}/googleAds:search`,
      { query: CAMPAIGNS },
      { 'login-customer-id': '720-555-0100' }
    )
    assert.deepEqual(errorOf(dashed).errorCode, { headerError: 'INVALID_LOGIN_CUSTOMER_ID' })
  })

  test('wrong, unknown and closed accounts, each in its own words', async ({ assert }) => {
    const asked = async (id: string) => errorOf(await ads.search(CAMPAIGNS, id))
    assert.deepEqual(await asked('invalid-id'), {
      code: 400,
      errorCode: { requestError: 'INVALID_CUSTOMER_ID' },
    })
    assert.deepEqual(await asked('1234567890'), {
      code: 401,
      errorCode: { authenticationError: 'CUSTOMER_NOT_FOUND' },
    })
    assert.deepEqual(await asked('7205550142'), {
      code: 403,
      errorCode: { authorizationError: 'CUSTOMER_NOT_ENABLED' },
    })
  })

  test('somebody without any account', async ({ assert }) => {
    ads.token = await bench.current.accessToken('nobody@mail.example')
    const reply = await ads.ask('/v26/customers:listAccessibleCustomers')
    assert.deepEqual(errorOf(reply), {
      code: 401,
      errorCode: { authenticationError: 'NOT_ADS_USER' },
    })
  })

  test('tokens that are missing, foreign, of another scope, old or revoked', async ({ assert }) => {
    const asked = (headers: Record<string, string>) =>
      ads.ask(`/v26/customers/${SHOP}/googleAds:search`, { query: CAMPAIGNS }, headers)
    assert.equal(
      (await asked({ authorization: '' })).body.error.details[0].reason,
      'CREDENTIALS_MISSING'
    )
    assert.equal((await asked({ authorization: 'Bearer made-up' })).status, 401)
    const other = await bench.current.accessToken(
      MANAGER,
      'https://www.googleapis.com/auth/analytics.readonly'
    )
    const scoped = await asked({ authorization: `Bearer ${other}` })
    assert.equal(scoped.status, 403)
    assert.equal(scoped.body.error.details[0].reason, 'ACCESS_TOKEN_SCOPE_INSUFFICIENT')
    await bench.current.control('clock', { advance_seconds: 3600 })
    assert.deepEqual(errorOf(await asked({})), {
      code: 401,
      errorCode: { authenticationError: 'OAUTH_TOKEN_EXPIRED' },
    })
    await bench.current.control('clock', { advance_seconds: -3600 })
    await bench.current.control('google-identity/revoke', { user: MANAGER })
    assert.deepEqual(errorOf(await asked({})).errorCode, {
      authenticationError: 'OAUTH_TOKEN_REVOKED',
    })
  })

  test('versions that are switched off, at their day; what never was is not found', async ({
    assert,
  }) => {
    const asked = (version: number) => ads.ask(`/v${version}/customers:listAccessibleCustomers`)
    assert.equal((await asked(26)).status, 200)
    assert.equal((await asked(22)).status, 200)
    await bench.current.control('clock', { now: '2026-10-08T00:00:00Z' })
    ads.token = ''
    assert.deepEqual(errorOf(await asked(22)), {
      code: 400,
      errorCode: { requestError: 'UNSUPPORTED_VERSION' },
    })
    assert.equal((await asked(23)).status, 200)
    const never = await asked(99)
    assert.equal(never.status, 404)
    assert.include(never.text, '<!DOCTYPE html>')
    await bench.current.control('clock', { now: '2026-03-10T12:00:00Z' })
  })

  test('what the double does not play is said so, not taken for a refusal', async ({ assert }) => {
    for (const query of [
      'SELECT segments.device, campaign.id FROM campaign',
      'SELECT campaign.id FROM search_term_view',
    ]) {
      const reply = await ads.search(query)
      assert.equal(reply.status, 501)
      assert.include(reply.body.error.message, 'sandbox')
    }
  })

  test('too many requests in a second, and too many operations in a day', async ({ assert }) => {
    await bench.current.control('google-ads/limits', { per_second: 0.001 })
    await ads.accessToken()
    const replies = await Promise.all([1, 2].map(() => ads.search(CAMPAIGNS)))
    const refused = replies.filter(({ status }) => status === 429)
    assert.lengthOf(refused, 1)
    const [error] = refused[0]?.body.error.details[0].errors ?? []
    assert.deepEqual(error.errorCode, { quotaError: 'RESOURCE_TEMPORARILY_EXHAUSTED' })
    assert.match(error.details.quotaErrorDetails.retryDelay, /^\d+s$/)
    await bench.current.control('google-ads/limits', { per_second: 1000, operations_per_day: 1 })
    const late = await ads.search(CAMPAIGNS, '7205550187')
    const [daily] = late.body.error.details[0].errors
    assert.deepEqual(daily.errorCode, { quotaError: 'RESOURCE_EXHAUSTED' })
    assert.match(daily.details.quotaErrorDetails.retryDelay, /^\d+s$/)
    await bench.current.control('google-ads/limits', { operations_per_day: 15_000 })
  })
})
