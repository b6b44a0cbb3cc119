import type { AdSpendDaily, Touchpoint } from '@analyticaflow/sdk'
import { test } from '@japa/runner'
import { api } from '#tests/api'
import { useDatabases } from '#tests/databases'
import { makeProject } from '#tests/factories'
import { publishedVersion, rows } from '#warehouse/public'
import { deliver } from '#warehouse/tests/helpers/publishing'
import { campaignKey, campaignLabel, campaignResolution } from '../../public.ts'

const settings = {
  timezone: 'UTC',
  currency: 'EUR',
  sources: ['1', '2'].map((integrationId) => ({
    integrationId,
    sourceType: 'csv',
    namespace: 'csv',
    rank: 1,
  })),
}

const eur = (amount: string) => ({ amount, currency: 'EUR' })

interface Lists {
  data: {
    spend_without_visits: Record<string, unknown>[]
    visits_without_spend: Record<string, unknown>[]
  }
  next_cursor: string | null
  meta: { currency: string }
  code?: string
}

/** A project whose ads and visits are these, and what is asked of it. */
async function shop(spend: Partial<AdSpendDaily>[], visits: Partial<Touchpoint>[]) {
  const made = await makeProject()
  const publishSpend = (list: Partial<AdSpendDaily>[]) =>
    deliver(
      {
        projectId: made.id,
        integrationId: '1',
        kind: 'ad_spend_daily',
        rows: list.map((row) => ({
          date: '2024-03-05',
          cost: eur('10'),
          source: 'google',
          ...row,
        })),
      },
      settings
    )
  await publishSpend(spend)
  await deliver(
    {
      projectId: made.id,
      integrationId: '2',
      kind: 'touchpoint',
      rows: visits.map((row, index) => ({
        externalId: String(index),
        at: '2024-03-05T12:00:00Z',
        source: 'google',
        medium: 'cpc',
        ...row,
      })),
    },
    settings
  )
  const call = api(made.owner)
  const path = `/projects/${made.id}`
  return {
    ...made,
    publishSpend,
    map: (from: object, to: object) => call.post(`${path}/campaign_mappings`, { from, to }),
    ask: (query: Record<string, string> = {}) =>
      call.get<Lists>(`${path}/campaigns/unmatched`, {
        query: { date_from: '2024-03-01', date_to: '2024-03-31', ...query },
      }),
    async unmatched() {
      const { data } = (await this.ask()).body
      const name = (row: Record<string, unknown>) => row.campaign
      return [data.spend_without_visits.map(name), data.visits_without_spend.map(name)]
    },
  }
}

test.group('campaigns that do not meet', (group) => {
  useDatabases(group, { clickhouse: true })

  test('are listed both ways', async ({ assert }) => {
    const { ask } = await shop(
      [
        { campaignName: '(Sale) Summer | RU', clicks: 3 },
        { campaignName: 'Winter', campaignId: '7', cost: eur('2.5'), clicks: 4 },
        { campaignName: 'Winter', campaignId: '7', cost: eur('2.5'), clicks: 1, adId: 'x' },
        { campaignName: '', cost: eur('1') },
        { campaignName: 'Before', date: '2024-02-28', clicks: 3 },
        { campaignName: 'Nothing', cost: eur('0') },
      ],
      [
        { campaign: 'sale_summer_ru' },
        { campaign: 'Typo' },
        { campaign: 'typo' },
        { campaign: 'before' },
        { campaign: 'before', at: '2024-02-28T12:00:00Z' },
        { campaign: 'letter 1', source: 'news', medium: 'email' },
        { source: 'yandex' },
        { source: 'google', medium: 'organic' },
      ]
    )
    const { status, body } = await ask()
    assert.equal(status, 200)
    assert.deepEqual(body.data.spend_without_visits, [
      { campaign: 'Winter', campaign_id: '7', source: 'google', cost: 5, clicks: 5 },
      { campaign: null, campaign_id: null, source: 'google', cost: 1, clicks: 0 },
    ])
    const paid = { source: 'google', medium: 'cpc', channel: 'Paid Search', is_paid: true }
    assert.deepEqual(body.data.visits_without_spend, [
      { ...paid, campaign: 'Typo', campaign_id: null, visits: 2 },
      { ...paid, campaign: null, campaign_id: null, source: 'yandex', visits: 1 },
      { ...paid, campaign: 'before', campaign_id: null, visits: 1 },
      {
        campaign: 'letter 1',
        campaign_id: null,
        source: 'news',
        medium: 'email',
        channel: 'Email',
        visits: 1,
        is_paid: false,
      },
    ])
    assert.equal(body.next_cursor, null)
    assert.equal(body.meta.currency, 'EUR')
  })

  test('meet by id whatever they are called, and by a former name', async ({ assert }) => {
    const made = await shop(
      [
        { campaignName: 'Spring', campaignId: '7', date: '2024-03-01' },
        { campaignName: 'Spring, renamed', campaignId: '7', date: '2024-03-09' },
        { campaignName: 'Autumn', campaignId: '8' },
        { campaignName: 'Idle', campaignId: '9' },
        { campaignName: '', campaignId: '10' },
      ],
      [
        { campaign: 'anything', campaignId: '7' },
        { campaign: 'spring' },
        // The link's id, where nobody filled in the field.
        { landingPage: 'https://shop.example/?utm_source=google&utm_id=8' },
        { campaign: 'autumn', campaignId: '999' },
        { campaignId: '10' },
      ]
    )
    assert.deepEqual(await made.unmatched(), [['Idle'], []])
  })

  test('meet by names that only the structure of the account ever told', async ({ assert }) => {
    const made = await shop(
      [{ campaignName: 'Bags', campaignId: '7' }],
      [{ campaign: 'bags-2023' }, { campaign: 'bags-now' }, { campaign: 'of another' }]
    )
    const structure = (names: Record<string, string>) =>
      deliver(
        {
          projectId: made.id,
          integrationId: '1',
          kind: 'campaign',
          rows: Object.entries(names).map(([externalId, name]) => ({ externalId, name })),
          key: ({ externalId }) => externalId,
        },
        settings
      )
    assert.deepEqual(await made.unmatched(), [['Bags'], ['bags-2023', 'bags-now', 'of another']])
    await structure({ 7: 'Bags 2023', 8: 'Of another' })
    await structure({ 7: 'Bags (now)' })
    // The name that was, and the one that is; a campaign that is gone names nothing any more.
    assert.deepEqual(await made.unmatched(), [[], ['of another']])
    const kept = await rows<{ names: string[] }>(
      `SELECT groupUniqArray(campaign_name) AS names FROM campaign_log
       WHERE project_id = {id:UInt64} AND campaign_id = '7' AND NOT is_deleted`,
      { id: made.id }
    )
    assert.sameMembers(kept[0]?.names ?? [], ['Bags 2023', 'Bags (now)'])
  })

  test('meet by a mapping, once they match no other way', async ({ assert }) => {
    const made = await shop(
      [
        { campaignName: 'Brand' },
        { campaignName: 'Shoes', campaignId: '7' },
        { campaignName: 'Bags' },
        { campaignName: 'Hats' },
      ],
      [
        { campaign: 'b1', source: 'google' },
        { campaign: 'b1', source: 'bing' },
        { campaignId: '55', campaign: '' },
        { campaign: 'Bags' },
        { campaign: 'h' },
      ]
    )
    assert.deepEqual(await made.unmatched(), [
      ['Brand', 'Hats', 'Shoes'],
      [null, 'b1', 'b1', 'h'],
    ])
    await made.map({ source: 'Google', campaign: ' B1 ' }, { campaign_key: 'BRAND' })
    await made.map({ campaign_id: '55' }, { campaign_id: '7' })
    // Its name is that of a campaign, so this one is not asked.
    await made.map({ campaign: 'bags' }, { campaign_key: 'hats' })
    const { data } = (await made.ask()).body
    assert.deepEqual(await made.unmatched(), [['Hats'], ['b1', 'h']])
    assert.equal(data.visits_without_spend[0]?.source, 'bing')
    await made.map({ campaign: 'b1' }, { campaign_key: 'hats' })
    assert.deepEqual(await made.unmatched(), [[], ['h']])
  })

  test('a page goes on where the one before ended, of the same state', async ({ assert }) => {
    const made = await shop(
      [1, 2, 3].map((n) => ({ campaignName: `s${n}`, cost: eur(String(10 - n)) })),
      [{ campaign: 'v1' }]
    )
    const seen: unknown[] = []
    let cursor: string | null = ''
    for (let page = 0; cursor !== null; page += 1) {
      const { body } = await made.ask({ limit: '2', ...(cursor && { cursor }) })
      seen.push([
        body.data.spend_without_visits.map((row) => row.campaign),
        body.data.visits_without_spend.map((row) => row.campaign),
      ])
      cursor = body.next_cursor
      if (page === 0) await made.publishSpend([{ campaignName: 'other' }])
    }
    assert.deepEqual(seen, [
      [['s1', 's2'], ['v1']],
      [['s3'], []],
    ])
    const { next_cursor: next } = (await made.ask({ limit: '1', date_to: '2024-03-30' })).body
    assert.isNull(next)
  })

  test('days that are none are refused', async ({ assert }) => {
    const { ask } = await shop([], [])
    assert.equal((await ask({ date_to: '2024-02-01' })).status, 422)
    assert.equal((await ask({ date_from: 'yesterday' })).status, 422)
    assert.equal((await ask({ cursor: 'abc' })).status, 422)
    assert.deepEqual((await ask()).body.data, {
      spend_without_visits: [],
      visits_without_spend: [],
    })
  })

  test('the key of a campaign is the same over columns and over lists', async ({ assert }) => {
    const made = await shop([{ campaignName: 'Spring | Sale', campaignId: '7' }], [])
    await made.map({ source: 'ВК', campaign: 'весна' }, { campaign_id: '7' })
    const cases: [string, string, string, string][] = [
      ['', 'spring sale', '', 'spring_sale'],
      ['', '', '7', 'spring_sale'],
      ['вк', 'Весна!', '', 'spring_sale'],
      ['ok', 'Весна!', '', 'весна'],
      ['', '', 'ID-5', 'id_5'],
      ['', '', '', ''],
    ]
    const parameters = {
      ...(await campaignResolution(await publishedVersion(made.id))),
      s: cases.map(([source]) => source),
      c: cases.map(([, campaign]) => campaign),
      i: cases.map(([, , id]) => id),
    }
    const key = campaignKey({ source: 'source', campaign: 'campaign', campaignId: 'id' })
    const lists = '{s:Array(String)} AS s, {c:Array(String)} AS c, {i:Array(String)} AS i'
    const [found] = await rows<{ keys: string[] }>(
      `SELECT arrayMap((source, campaign, id) -> ${key}, s, c, i) AS keys FROM (SELECT ${lists})`,
      parameters
    )
    const expected = cases.map(([, , , wanted]) => wanted)
    assert.deepEqual(found?.keys, expected)
    const columns = await rows<{ key: string; label: string }>(
      `SELECT ${key} AS key, ${campaignLabel('key', 'campaign')} AS label
       FROM (SELECT ${lists}) ARRAY JOIN s AS source, c AS campaign, i AS id`,
      parameters
    )
    assert.deepEqual(
      columns.map((row) => row.key),
      expected
    )
    assert.deepEqual(columns[1]?.label, 'Spring | Sale')
  })
})
