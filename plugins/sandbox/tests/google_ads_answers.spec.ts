import { test } from '@japa/runner'
import { Ads, ROOT, SHOP, WEEK, CAMPAIGNS, type AdsRow } from './ads.ts'
import { sum, useSandbox } from './support.ts'

interface Truth {
  date: string
  campaign_id: string
  campaign_name: string
  cost_micros: number
  clicks: number
  conversions: number
  conversions_value: number
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
      (reply.body.results as AdsRow[]).map((row) => ({
        date: row.segments.date,
        campaign_id: row.campaign.id,
        campaign_name: row.campaign.name,
        cost: row.metrics.costMicros,
        clicks: row.metrics.clicks,
        conversions: row.metrics.conversions,
        value: row.metrics.conversionsValue,
      })),
      truth.map((row: Truth) => ({
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
      streamed.body.flatMap((chunk: { results: AdsRow[] }) => chunk.results),
      paged.body.results
    )
    assert.sameMembers(Object.keys(streamed.body.at(-1)), [
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
      const results = await ads.rows(query)
      return {
        all: sum(results, (row) => Number(row.metrics.costMicros)),
        max: sum(results, (row) =>
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
    const [row] = await ads.rows(query)
    const name = new RegExp(`^customers/${SHOP}/adGroupAds/\\d+~${row?.adGroupAd.ad.id}$`)
    assert.match(row?.adGroupAd.resourceName ?? '', name)
    const structure = await ads.rows('SELECT campaign.id, campaign.status FROM campaign')
    assert.isTrue(structure.some((row) => row.campaign.status === 'REMOVED'))
    assert.notProperty(structure[0], 'metrics')
  })

  test('a divided answer leaves out what did nothing, an undivided one does not', async ({
    assert,
  }) => {
    const days = await ads.rows(
      `SELECT segments.date, campaign.id, metrics.conversions FROM campaign WHERE ${WEEK}`
    )
    assert.isTrue(days.every((row) => row.metrics.conversions > 0))
    const whole = await ads.rows(`SELECT campaign.id, metrics.clicks FROM campaign WHERE ${WEEK}`)
    assert.isTrue(whole.some((row) => row.metrics.clicks === '0'))
  })

  test('names of resources come unasked, unless they are switched off', async ({ assert }) => {
    const query = 'SELECT campaign.id FROM campaign LIMIT 1'
    const [row] = await ads.rows(query)
    assert.property(row?.campaign, 'resourceName')
    const bare = await ads.search(`${query} PARAMETERS omit_unselected_resource_names=true`)
    assert.deepEqual(bare.body.results, [{ campaign: { id: row?.campaign.id } }])
  })

  test('what is not set is absent', async ({ assert }) => {
    const query = 'SELECT campaign.end_date_time, campaign.start_date_time FROM campaign LIMIT 1'
    const [row] = await ads.rows(query)
    assert.notProperty(row?.campaign, 'endDateTime')
    assert.match(row?.campaign.startDateTime ?? '', /^\d{4}-\d{2}-\d{2} 00:00:00$/)
  })

  test('sorts, filters and sums by month', async ({ assert }) => {
    const query = `SELECT segments.month, campaign.id, metrics.clicks FROM campaign WHERE segments.date BETWEEN '2026-01-01' AND '2026-02-28' AND metrics.clicks > 100 AND campaign.name LIKE 'search%' ORDER BY metrics.clicks DESC`
    const results = await ads.rows(query)
    const clicks = results.map((row) => Number(row.metrics.clicks))
    assert.isAbove(clicks.length, 1)
    assert.deepEqual(
      clicks,
      clicks.toSorted((left, right) => right - left)
    )
    assert.sameMembers(
      [...new Set(results.map((row) => row.segments.month))],
      ['2026-01-01', '2026-02-01']
    )
  })

  test('the accounts of a login, and the tree below a manager', async ({ assert }) => {
    const list = await ads.ask('/v26/customers:listAccessibleCustomers')
    assert.deepEqual(list.body, { resourceNames: [`customers/${ROOT}`, 'customers/7205550142'] })
    const query =
      'SELECT customer_client.id, customer_client.level, customer_client.status, customer_client.manager, customer_client.currency_code FROM customer_client'
    const rows = (await ads.rows(query, ROOT)).map((row) => row.customerClient)
    assert.deepEqual(rows.map(({ id, level }) => [id, level]).slice(0, 4), [
      [ROOT, '0'],
      [SHOP, '1'],
      ['7205550111', '1'],
      ['7205550187', '2'],
    ])
    assert.containSubset(rows, [{ status: 'CANCELED' }, { currencyCode: 'USD' }, { manager: true }])
  })

  test('an account in another currency and time zone, and one without campaigns', async ({
    assert,
  }) => {
    const query = `SELECT customer.currency_code, customer.time_zone, segments.date, metrics.cost_micros FROM campaign WHERE ${WEEK}`
    const results = await ads.rows(query, '7205550187')
    assert.lengthOf(results, 7)
    assert.containSubset(results[0]?.customer, {
      currencyCode: 'USD',
      timeZone: 'America/New_York',
    })
    assert.notProperty((await ads.search(query, '7205550155')).body, 'results')
  })
})
