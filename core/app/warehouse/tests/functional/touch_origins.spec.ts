import type { Touchpoint } from '@analyticaflow/sdk'
import { test } from '@japa/runner'
import { useDatabases } from '#tests/databases'
import { makeProject } from '#tests/factories'
import {
  inSlices,
  publishedVersion,
  rows,
  versionParams,
  type ChannelRule,
} from '#warehouse/public'
import { deliver } from '../helpers/publishing.ts'

const settings = (channelRules: readonly ChannelRule[] = []) => ({
  timezone: 'UTC',
  currency: 'EUR',
  sources: [{ integrationId: '1', sourceType: 'csv', namespace: 'csv', rank: 1 }],
  channelRules,
})

/** `source / medium / channel` of visits that came so, in their order. */
async function origins(visits: readonly Partial<Touchpoint>[], rules: readonly ChannelRule[] = []) {
  const { id } = await makeProject()
  await deliver(
    {
      projectId: id,
      integrationId: '1',
      kind: 'touchpoint',
      rows: visits.map((visit, index) => ({
        externalId: String(index),
        at: `2024-03-01T10:00:${String(index).padStart(2, '0')}Z`,
        ...visit,
      })),
      key: ({ externalId }) => externalId,
    },
    settings(rules)
  )
  const found = await rows<Record<string, string>>(
    `SELECT source, medium, channel, campaign, campaign_id, ad, keyword, landing_page, is_direct
     FROM touch WHERE ${inSlices('touch')} ORDER BY event_time`,
    versionParams(await publishedVersion(id))
  )
  return found
}

const shown = (row: Record<string, unknown> | undefined) =>
  `${String(row?.source)} / ${String(row?.medium)} / ${String(row?.channel)}`

const cases: [visit: Partial<Touchpoint>, expected: string][] = [
  [{}, '(direct) / (none) / Direct'],
  [{ landingPage: 'https://shop.example/?page=2' }, '(direct) / (none) / Direct'],
  [{ source: 'newsletter', medium: 'email' }, 'newsletter / email / Email'],
  [{ channel: 'Radio' }, ' /  / Radio'],
  [{ channel: 'Radio', source: 'google', medium: 'cpc' }, 'google / cpc / Radio'],
  [
    { landingPage: 'https://shop.example/a?utm_source=google&utm_medium=cpc' },
    'google / cpc / Paid Search',
  ],
  [
    { source: 'bing', landingPage: '/a?utm_source=google&utm_medium=cpc' },
    'bing / cpc / Paid Search',
  ],
  [
    { landingPage: 'https://shop.example/?utm_source=%D0%92%D0%9A&utm_medium=e+mail' },
    'ВК / e mail / Email',
  ],
  [
    { landingPage: 'https://shop.example/#utm_source=vk&utm_medium=social' },
    'vk / social / Organic Social',
  ],
  [{ landingPage: 'https://shop.example/?gclid=x' }, 'google / cpc / Paid Search'],
  [{ landingPage: 'https://shop.example/?a=1&yclid=123' }, 'yandex / cpc / Paid Search'],
  [{ landingPage: 'https://shop.example/?msclkid=123' }, 'bing / cpc / Paid Search'],
  [{ landingPage: 'https://shop.example/?ttclid=123' }, 'tiktok / cpc / Paid Social'],
  [{ landingPage: 'https://shop.example/?fbclid=IwAR1' }, 'facebook / social / Organic Social'],
  // A paid link that was shared: the platform that was paid says more.
  [{ landingPage: 'https://shop.example/?fbclid=IwAR1&gclid=1' }, 'google / cpc / Paid Search'],
  [{ clickId: 'yclid=123' }, 'yandex / cpc / Paid Search'],
  [{ clickId: 'Cj0KCQjwabc' }, 'google / cpc / Paid Search'],
  [{ clickId: '4711' }, ' /  / Unassigned'],
  // The tags that somebody set win over what a platform added.
  [{ source: 'google', clickId: 'gclid=1' }, 'google / cpc / Paid Search'],
  [{ source: 'partner', clickId: 'gclid=1' }, 'partner /  / Unassigned'],
  [{ referrer: 'https://www.google.co.uk/' }, 'google / organic / Organic Search'],
  [{ referrer: 'https://ya.ru/' }, 'yandex / organic / Organic Search'],
  [
    { referrer: 'android-app://com.google.android.googlequicksearchbox/' },
    'google / organic / Organic Search',
  ],
  [{ referrer: 'https://de.search.yahoo.com/x' }, 'yahoo / organic / Organic Search'],
  [{ referrer: 'https://www.blog.example/post?id=1' }, 'blog.example / referral / Referral'],
  [{ referrer: 'https://m.facebook.com/' }, 'm.facebook.com / referral / Organic Social'],
  [
    { referrer: 'https://pay.shop.example/', landingPage: 'https://www.shop.example/done' },
    '(direct) / (none) / Direct',
  ],
  [
    { referrer: 'https://www.google.com/', source: 'partner', medium: 'affiliate' },
    'partner / affiliate / Affiliates',
  ],
  [{ campaign: 'spring' }, ' /  / Unassigned'],
]

test.group('where a touch came from', (group) => {
  useDatabases(group, { clickhouse: true })

  test('its own fields, its link, its click id, its referrer, in this order', async ({
    assert,
  }) => {
    const found = await origins(cases.map(([visit]) => visit))
    assert.deepEqual(
      found.map((row, index) => [cases[index]?.[0], shown(row)]),
      cases
    )
    const direct = cases.filter(([, expected]) => expected.endsWith('Direct')).length
    assert.lengthOf(
      found.filter((row) => row.is_direct),
      direct
    )
  })

  test('campaign, its id, ad and keyword come from the link, unless a placeholder stands there', async ({
    assert,
  }) => {
    const link = 'https://shop.example/p/1?utm_campaign=Summer+Sale&utm_content=red&utm_term=shoes'
    const found = await origins([
      { landingPage: `${link}&utm_id=77` },
      { landingPage: `${link}&utm_id={campaignid}&campaignid=__CAMPAIGN_ID__&gad_campaignid=78` },
      {
        landingPage: `${link}&campaignid=79#top`,
        campaignId: '5',
        campaign: 'Own',
        content: 'blue',
      },
    ])
    const pick = ({
      campaign,
      campaign_id: id,
      ad,
      keyword,
      landing_page: page,
    }: Record<string, string>) => [campaign, id, ad, keyword, page].join(' ')
    assert.deepEqual(found.map(pick), [
      'Summer Sale 77 red shoes https://shop.example/p/1',
      'Summer Sale 78 red shoes https://shop.example/p/1',
      'Own 5 blue shoes https://shop.example/p/1',
    ])
  })

  test("the project's rules come first, in their order", async ({ assert }) => {
    const rule = (channel: string, field: string, op: string, ...values: string[]) =>
      ({ channel, conditions: [{ field, op, values }] }) as ChannelRule
    const found = await origins(
      [
        { source: 'Google', medium: 'cpc', campaign: 'Brand | RU' },
        { source: 'google', medium: 'cpc', campaign: 'other' },
        { source: 'google', medium: 'organic' },
        { landingPage: 'https://shop.example/QR/7' },
        { landingPage: 'https://shop.example/?yclid=1' },
        { referrer: 'https://news.blog.example/x' },
        { source: `O'Neil\\`, medium: 'x' },
        {},
      ],
      [
        {
          channel: 'Brand search',
          conditions: [
            { field: 'campaign', op: 'starts_with', values: ['brand', 'marke'] },
            { field: 'medium', op: 'in', values: ['cpc', 'ppc'] },
          ],
        },
        rule('Search ads', 'source', 'equals', 'GOOGLE'),
        rule('Never', 'source', 'equals', 'google'),
        rule('Leaflets', 'landing_page', 'contains', '/qr/'),
        rule('Direct ads', 'click_id_kind', 'equals', 'yclid'),
        rule('Press', 'referrer_host', 'matches', String.raw`(^|\.)Blog\.example$`),
        rule('Quotes', 'source', 'matches', String.raw`^o'neil\\$`),
        // What a visit does not say fits no condition.
        rule('Everything', 'campaign', 'matches', '.*'),
      ]
    )
    assert.deepEqual(
      found.map(({ channel }) => channel),
      [
        'Brand search',
        'Search ads',
        'Search ads',
        'Leaflets',
        'Direct ads',
        'Press',
        'Quotes',
        'Direct',
      ]
    )
  })
})
