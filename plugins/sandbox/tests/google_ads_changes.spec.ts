import { test } from '@japa/runner'
import { Ads, CAMPAIGNS, errorOf, SHOP, WEEK, type AdsRow } from './ads.ts'
import { sum, useSandbox } from './support.ts'

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
      streamed.flatMap((chunk: { results: AdsRow[] }) => chunk.results)
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
    const rows = () => ads.rows(query)
    const before = await rows()
    const [{ campaign, adGroupAd } = assert.fail('no ads')] = before
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
    const cost = (all: AdsRow[], date: string) =>
      sum(all, (row) =>
        row.segments.date === date && row.adGroupAd.ad.id !== adGroupAd.ad.id
          ? Number(row.metrics.costMicros)
          : 0
      )
    assert.equal(cost(after, '2026-02-03'), 2 * cost(before, '2026-02-03'))
    assert.equal(cost(after, '2026-02-04'), cost(before, '2026-02-04'))
    const names = after.filter((row) => row.campaign.id === campaign.id)
    assert.isTrue(names.every((row) => row.campaign.name === 'New name'))
    const truth = await bench.current.control(
      'truth/google-ads/daily?level=ad&from=2026-02-01&to=2026-02-07'
    )
    assert.equal(
      sum(truth, (row: { cost_micros: number }) => row.cost_micros),
      sum(after, (row) => Number(row.metrics.costMicros))
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
