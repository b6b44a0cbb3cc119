import { test } from '@japa/runner'
import { MANAGER, sum, useSandbox, type Bench, type Reply } from './support.ts'

const SHOP = '7205550134'
const ROOT = '7205550100'
const WEEK = "segments.date BETWEEN '2026-02-01' AND '2026-02-07'"
const CAMPAIGNS = `SELECT segments.date, campaign.id, campaign.name, metrics.cost_micros, metrics.impressions, metrics.clicks, metrics.conversions, metrics.conversions_value FROM campaign WHERE ${WEEK}`

class Ads {
  readonly #bench: Bench
  token = ''

  constructor(bench: Bench) {
    this.#bench = bench
  }

  async ask(path: string, body?: object, headers: Record<string, string> = {}): Promise<Reply> {
    this.token ||= await this.#bench.accessToken()
    return this.#bench.ask(`/googleads.googleapis.com${path}`, {
      method: body === undefined ? 'GET' : 'POST',
      headers: {
        authorization: `Bearer ${this.token}`,
        'login-customer-id': ROOT,
        'content-type': 'application/json',
        ...headers,
      },
      ...(body && { body: JSON.stringify(body) }),
    })
  }

  search(query: string, customer = SHOP, more: object = {}): Promise<Reply> {
    return this.ask(`/v26/customers/${customer}/googleAds:search`, { query, ...more })
  }

  stream(query: string, customer = SHOP): Promise<Reply> {
    return this.ask(`/v26/customers/${customer}/googleAds:searchStream`, { query })
  }
}

const errorOf = ({ body }: Reply) => {
  const { error } = Array.isArray(body) ? body[0] : body
  const [first] = error.details?.[0]?.errors ?? []
  return { code: error.code, ...(first && { errorCode: first.errorCode }) }
}

test.group('Google Ads answers', (group) => {
  const bench = useSandbox(group)
  let ads: Ads
  group.each.setup(() => {
    ads = new Ads(bench.current)
  })

  test('every figure of a week is the truth, int64 as text, doubles as numbers', async ({
    assert,
  }) => {
    const reply = await ads.search(CAMPAIGNS)
    assert.equal(reply.status, 200)
    assert.isNotNull(reply.headers.get('request-id'))
    const truth = await bench.current.control(
      'truth/google-ads/daily?level=campaign&from=2026-02-01&to=2026-02-07'
    )
    assert.isAbove(truth.length, 40)
    assert.deepEqual(
      reply.body.results.map((row: any) => ({
        date: row.segments.date,
        campaign_id: row.campaign.id,
        campaign_name: row.campaign.name,
        cost: row.metrics.costMicros,
        clicks: row.metrics.clicks,
        conversions: row.metrics.conversions,
        value: row.metrics.conversionsValue,
      })),
      truth.map((row: any) => ({
        date: row.date,
        campaign_id: row.campaign_id,
        campaign_name: row.campaign_name,
        cost: String(row.cost_micros),
        clicks: String(row.clicks),
        conversions: row.conversions,
        value: row.conversions_value,
      }))
    )
    assert.equal(
      reply.body.fieldMask,
      'segments.date,campaign.id,campaign.name,metrics.costMicros,metrics.impressions,metrics.clicks,metrics.conversions,metrics.conversionsValue'
    )
    assert.match(reply.body.queryResourceConsumption, /^\d+$/)
    assert.equal(
      reply.body.results[0].campaign.resourceName,
      `customers/${SHOP}/campaigns/${reply.body.results[0].campaign.id}`
    )
  })

  test('the stream brings the same rows in chunks of an array', async ({ assert }) => {
    const [paged, streamed] = [await ads.search(CAMPAIGNS), await ads.stream(CAMPAIGNS)]
    assert.deepEqual(
      streamed.body.flatMap((chunk: any) => chunk.results),
      paged.body.results
    )
    assert.hasAllKeys(streamed.body.at(-1), [
      'results',
      'fieldMask',
      'requestId',
      'queryResourceConsumption',
    ])
  })

  test('an empty answer has no results at all', async ({ assert }) => {
    const query = CAMPAIGNS.replace(WEEK, "segments.date = '2025-12-01'")
    assert.notProperty((await ads.search(query)).body, 'results')
    const [chunk] = (await ads.stream(query)).body
    assert.notProperty(chunk, 'results')
  })

  test('Performance Max has campaigns and no ads: the sum of ads misses exactly it', async ({
    assert,
  }) => {
    const cost = async (from: string) => {
      const query = `SELECT segments.date, campaign.advertising_channel_type, metrics.cost_micros FROM ${from} WHERE ${WEEK}`
      const { results } = (await ads.search(query)).body
      return {
        all: sum(results, (row: any) => Number(row.metrics.costMicros)),
        max: sum(results, (row: any) =>
          row.campaign.advertisingChannelType === 'PERFORMANCE_MAX'
            ? Number(row.metrics.costMicros)
            : 0
        ),
      }
    }
    const [byCampaign, byAd] = [await cost('campaign'), await cost('ad_group_ad')]
    assert.isAbove(byCampaign.max, 0)
    assert.equal(byAd.max, 0)
    assert.equal(byAd.all, byCampaign.all - byCampaign.max)
  })

  test('removed things keep their history and stay in the structure', async ({ assert }) => {
    const query = `SELECT ad_group_ad.ad.id, ad_group_ad.status, metrics.cost_micros, segments.date FROM ad_group_ad WHERE ${WEEK} AND ad_group_ad.status = REMOVED`
    const { results } = (await ads.search(query)).body
    assert.isAbove(results.length, 0)
    assert.match(
      results[0].adGroupAd.resourceName,
      new RegExp(`^customers/${SHOP}/adGroupAds/\\d+~${results[0].adGroupAd.ad.id}$`)
    )
    const structure = (await ads.search('SELECT campaign.id, campaign.status FROM campaign')).body
      .results
    assert.isTrue(structure.some((row: any) => row.campaign.status === 'REMOVED'))
    assert.notProperty(structure[0], 'metrics')
  })

  test('a divided answer leaves out what did nothing, an undivided one does not', async ({
    assert,
  }) => {
    const days = (
      await ads.search(
        `SELECT segments.date, campaign.id, metrics.conversions FROM campaign WHERE ${WEEK}`
      )
    ).body.results
    assert.isTrue(days.every((row: any) => row.metrics.conversions > 0))
    const whole = (
      await ads.search(`SELECT campaign.id, metrics.clicks FROM campaign WHERE ${WEEK}`)
    ).body.results
    assert.isTrue(whole.some((row: any) => row.metrics.clicks === '0'))
  })

  test('names of resources come unasked, unless they are switched off', async ({ assert }) => {
    const query = 'SELECT campaign.id FROM campaign LIMIT 1'
    const { results } = (await ads.search(query)).body
    assert.property(results[0].campaign, 'resourceName')
    const bare = (await ads.search(`${query} PARAMETERS omit_unselected_resource_names=true`)).body
    assert.deepEqual(bare.results, [{ campaign: { id: results[0].campaign.id } }])
  })

  test('what is not set is absent', async ({ assert }) => {
    const query = 'SELECT campaign.end_date_time, campaign.start_date_time FROM campaign LIMIT 1'
    const [row] = (await ads.search(query)).body.results
    assert.notProperty(row.campaign, 'endDateTime')
    assert.match(row.campaign.startDateTime, /^\d{4}-\d{2}-\d{2} 00:00:00$/)
  })

  test('sorts, filters and sums by month', async ({ assert }) => {
    const query = `SELECT segments.month, campaign.id, metrics.clicks FROM campaign WHERE segments.date BETWEEN '2026-01-01' AND '2026-02-28' AND metrics.clicks > 100 AND campaign.name LIKE 'search%' ORDER BY metrics.clicks DESC`
    const { results } = (await ads.search(query)).body
    const clicks = results.map((row: any) => Number(row.metrics.clicks))
    assert.isAbove(clicks.length, 1)
    assert.deepEqual(
      clicks,
      clicks.toSorted((left: number, right: number) => right - left)
    )
    assert.sameMembers(
      [...new Set(results.map((row: any) => row.segments.month))],
      ['2026-01-01', '2026-02-01']
    )
  })

  test('the accounts of a login, and the tree below a manager', async ({ assert }) => {
    const list = await ads.ask('/v26/customers:listAccessibleCustomers')
    assert.deepEqual(list.body, { resourceNames: [`customers/${ROOT}`, 'customers/7205550142'] })
    const query =
      'SELECT customer_client.id, customer_client.level, customer_client.status, customer_client.manager, customer_client.currency_code FROM customer_client'
    const rows = (await ads.search(query, ROOT)).body.results.map((row: any) => row.customerClient)
    assert.deepEqual(rows.map(({ id, level }: any) => [id, level]).slice(0, 4), [
      [ROOT, '0'],
      [SHOP, '1'],
      ['7205550111', '1'],
      ['7205550187', '2'],
    ])
    assert.containsSubset(rows, [
      { status: 'CANCELED' },
      { currencyCode: 'USD' },
      { manager: true },
    ])
  })

  test('an account in another currency and time zone, and one without campaigns', async ({
    assert,
  }) => {
    const query = `SELECT customer.currency_code, customer.time_zone, segments.date, metrics.cost_micros FROM campaign WHERE ${WEEK}`
    const { results } = (await ads.search(query, '7205550187')).body
    assert.lengthOf(results, 7)
    assert.containsSubset(results[0].customer, {
      currencyCode: 'USD',
      timeZone: 'America/New_York',
    })
    assert.notProperty((await ads.search(query, '7205550155')).body, 'results')
  })
})

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
    await bench.current.control('google-ads/limits', { per_second: 2 })
    const replies = await Promise.all([1, 2, 3].map(() => ads.search(CAMPAIGNS)))
    const refused = replies.filter(({ status }) => status === 429)
    assert.lengthOf(refused, 1)
    const [error] = refused[0]?.body.error.details[0].errors ?? []
    assert.deepEqual(error.errorCode, { quotaError: 'RESOURCE_TEMPORARILY_EXHAUSTED' })
    assert.equal(error.details.quotaErrorDetails.retryDelay, '1s')
    await bench.current.control('google-ads/limits', { per_second: 50, operations_per_day: 3 })
    await ads.search(CAMPAIGNS)
    const late = await ads.search(CAMPAIGNS)
    const [daily] = late.body.error.details[0].errors
    assert.deepEqual(daily.errorCode, { quotaError: 'RESOURCE_EXHAUSTED' })
    assert.match(daily.details.quotaErrorDetails.retryDelay, /^\d+s$/)
    await bench.current.control('google-ads/limits', { operations_per_day: 15_000 })
  })
})

test.group('Google Ads by pages', (group) => {
  const bench = useSandbox(group, {
    seed: 3,
    from: '2026-01-01',
    now: '2026-03-10T12:00:00Z',
    peoplePerDay: 2,
    adsPerGroup: 40,
  })
  const query =
    "SELECT segments.date, ad_group_ad.ad.id, metrics.impressions FROM ad_group_ad WHERE segments.date BETWEEN '2026-01-01' AND '2026-02-28'"

  test('10,000 rows each, every row once, and all that the stream has', async ({ assert }) => {
    const ads = new Ads(bench.current)
    const first = (await ads.search(query)).body
    assert.lengthOf(first.results, 10_000)
    const rows = [...first.results]
    let token = first.nextPageToken
    while (token) {
      const page = (await ads.search(query, SHOP, { pageToken: token })).body
      rows.push(...page.results)
      token = page.nextPageToken
    }
    const streamed = (await ads.stream(query)).body
    assert.isAbove(streamed.length, 1)
    assert.deepEqual(
      rows,
      streamed.flatMap((chunk: any) => chunk.results)
    )
  })

  test('a token is of its query and lives two hours', async ({ assert }) => {
    const ads = new Ads(bench.current)
    const { nextPageToken } = (await ads.search(query)).body
    const other = await ads.search(`${query} AND campaign.id > 1`, SHOP, {
      pageToken: nextPageToken,
    })
    assert.deepEqual(errorOf(other).errorCode, { requestError: 'INVALID_PAGE_TOKEN' })
    await bench.current.control('clock', { advance_seconds: 7201 })
    ads.token = ''
    const late = await ads.search(query, SHOP, { pageToken: nextPageToken })
    assert.deepEqual(errorOf(late).errorCode, { requestError: 'EXPIRED_PAGE_TOKEN' })
  })
})

test.group('Google Ads changes its mind', (group) => {
  const bench = useSandbox(group)

  test('campaigns are renamed with all their history, ads vanish, figures are restated', async ({
    assert,
  }) => {
    const ads = new Ads(bench.current)
    const query = `SELECT segments.date, campaign.id, campaign.name, ad_group_ad.ad.id, metrics.cost_micros FROM ad_group_ad WHERE ${WEEK}`
    const rows = async () => (await ads.search(query)).body.results
    const before = await rows()
    const { campaign, adGroupAd } = before[0]
    await bench.current.control('google-ads/rename_campaign', {
      campaign_id: campaign.id,
      name: 'New name',
    })
    await bench.current.control('google-ads/vanish_ad', { ad_id: adGroupAd.ad.id })
    await bench.current.control('google-ads/restate', {
      from: '2026-02-03',
      to: '2026-02-03',
      cost_factor: 2,
    })
    const after = await rows()
    assert.lengthOf(after, before.length - 7)
    const cost = (all: any[], date: string) =>
      sum(all, (row) =>
        row.segments.date === date && row.adGroupAd.ad.id !== adGroupAd.ad.id
          ? Number(row.metrics.costMicros)
          : 0
      )
    assert.equal(cost(after, '2026-02-03'), 2 * cost(before, '2026-02-03'))
    assert.equal(cost(after, '2026-02-04'), cost(before, '2026-02-04'))
    const names = after.filter((row: any) => row.campaign.id === campaign.id)
    assert.isTrue(names.every((row: any) => row.campaign.name === 'New name'))
    const truth = await bench.current.control(
      'truth/google-ads/daily?level=ad&from=2026-02-01&to=2026-02-07'
    )
    assert.equal(
      sum(truth, (row: any) => row.cost_micros),
      sum(after, (row: any) => Number(row.metrics.costMicros))
    )
  })

  test('an account is closed in the middle of it all', async ({ assert }) => {
    const ads = new Ads(bench.current)
    await bench.current.control('google-ads/cancel_account', { customer: '7205550187' })
    const reply = await ads.search(CAMPAIGNS, '7205550187')
    assert.deepEqual(errorOf(reply).errorCode, { authorizationError: 'CUSTOMER_NOT_ENABLED' })
    assert.equal((await ads.search(CAMPAIGNS)).status, 200)
  })
})
