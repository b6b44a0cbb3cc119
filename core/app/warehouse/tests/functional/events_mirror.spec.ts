import type { Canonical } from '@analyticaflow/sdk'
import { test } from '@japa/runner'
import { useDatabases } from '#tests/databases'
import { makeProject } from '#tests/factories'
import {
  dirtyEverything,
  mirrorEvents,
  openCommit,
  publishedVersion,
  rows,
  type RefreshSettings,
  type StoredKindName,
} from '#warehouse/public'
import { deliver, refresh } from '../helpers/publishing.ts'

const crm = { sourceType: 'crm', namespace: 'crm', rank: 1 }
const settings: RefreshSettings = {
  timezone: 'Europe/Berlin',
  currency: 'EUR',
  sources: ['1', '2'].map((integrationId) => ({ integrationId, ...crm })),
}

const send = <K extends StoredKindName>(
  projectId: string,
  kind: K,
  list: readonly Canonical[K][],
  own = settings
) =>
  deliver(
    {
      projectId,
      integrationId: '1',
      kind,
      rows: list,
      key: (row) => ('externalId' in row ? row.externalId : JSON.stringify(row)),
    },
    own
  )

/** Columns of the project's events that say something, by type and time. */
async function events(projectId: string) {
  const found = await rows<Record<string, unknown>>(
    `SELECT * EXCEPT (project_id, fact_id, run_id, observed_at, commit_id, is_deleted, integration_id)
     FROM events FINAL WHERE project_id = {id:UInt64} ORDER BY event_type, event_time, fact_id`,
    { id: projectId }
  )
  const says = ([, value]: [string, unknown]) =>
    !['', '0', 0].includes(value as string) && JSON.stringify(value) !== '{}'
  return found.map((row) => Object.fromEntries(Object.entries(row).filter(says)))
}

/** `type date` of each event. */
const places = async (projectId: string) =>
  (await events(projectId)).map((row) => `${String(row.event_type)} ${String(row.event_date)}`)

async function rebuild(projectId: string, own: RefreshSettings) {
  const version = await openCommit({
    projectId,
    integrationId: null,
    runId: null,
    cause: 'rebuild',
  })
  await dirtyEverything(version)
  await refresh(version, { ...own, everything: true }, '0')
}

const late = '2024-03-05T23:30:00Z'
const link =
  'https://shop.example/p?utm_source=google&utm_medium=cpc&utm_campaign=Big+Sale&utm_id=7&email=a@b.example'

test.group('events mirror', (group) => {
  useDatabases(group, { clickhouse: true })

  test('shows touchpoints, sessions, deals, leads and custom events with their columns', async ({
    assert,
  }) => {
    const { id } = await makeProject()
    await send(id, 'touchpoint', [
      {
        externalId: 't',
        at: late,
        clientId: 'c1',
        landingPage: link,
        orderId: '9',
        term: 'shoes',
        clickId: 'gclid=5',
      },
    ])
    await send(id, 'session', [
      {
        externalId: 's',
        at: late,
        endedAt: '2024-03-05T23:40:00Z',
        clientId: 'c1',
        customerId: 'ann',
        referrer: 'https://blog.example/secret?q=1',
        pageViews: 3,
        country: 'DE',
      },
    ])
    await send(id, 'deal', [
      {
        externalId: 'd',
        at: late,
        stage: 'Offer',
        pipeline: 'Sales',
        amount: { amount: '12.5', currency: 'EUR' },
        clientId: 'c1',
        orderId: '9',
        email: 'ann@example.com',
        utmSource: 'news',
        utmMedium: 'email',
      },
    ])
    await send(id, 'lead', [
      {
        externalId: 'l',
        at: late,
        status: 'new',
        campaignId: '7',
        adId: 'a',
        utmSource: 'fb',
        utmMedium: 'cpc',
      },
    ])
    await send(id, 'custom_event', [
      {
        externalId: 'e',
        at: late,
        name: 'booked',
        value: { amount: '3', currency: 'EUR' },
        url: 'https://shop.example/book?name=Ann',
        attributes: { room: '5', event_name: 'theirs' },
      },
    ])
    const at = {
      event_date: '2024-03-06',
      event_datetime: '2024-03-05T23:30:00Z',
      event_time: '2024-03-05T23:30:00.000Z',
      source_type: 'crm',
    }
    assert.deepEqual(await events(id), [
      {
        ...at,
        event_type: 'click',
        client_id: 'c1',
        order_id: '9',
        source: 'google',
        medium: 'cpc',
        channel: 'Paid Search',
        campaign_id: '7',
        campaign_name: 'Big Sale',
        campaign_key: 'big_sale',
        keyword: 'shoes',
        landing_page: 'https://shop.example/p',
        attributes: { click_id_kind: 'gclid' },
      },
      {
        ...at,
        event_type: 'custom',
        source: '(direct)',
        medium: '(none)',
        channel: 'Direct',
        currency: 'EUR',
        attributes: {
          room: '5',
          event_name: 'booked',
          value: '3',
          page: 'https://shop.example/book',
        },
      },
      {
        ...at,
        event_type: 'deal_stage',
        client_id: 'c1',
        order_id: '9',
        source: 'news',
        medium: 'email',
        channel: 'Email',
        currency: 'EUR',
        attributes: {
          deal_id: 'd',
          pipeline: 'Sales',
          stage: 'Offer',
          state: 'open',
          amount: '12.5',
        },
      },
      {
        ...at,
        event_type: 'lead',
        source: 'fb',
        medium: 'cpc',
        channel: 'Paid Social',
        campaign_id: '7',
        ad_id: 'a',
        attributes: { lead_id: 'l', status: 'new' },
      },
      {
        ...at,
        event_type: 'session_start',
        session_id: 's',
        client_id: 'c1',
        customer_id: 'ann',
        source: 'blog.example',
        medium: 'referral',
        channel: 'Referral',
        country: 'DE',
        attributes: {
          referrer_host: 'blog.example',
          page_views: '3',
          ended_at: '2024-03-05 23:40:00.000',
        },
      },
    ])
  })

  test('follows what changes, moves and vanishes', async ({ assert }) => {
    const { id } = await makeProject()
    const touch = { externalId: 't', at: '2024-03-05T12:00:00Z' }
    const deal = { externalId: 'd', at: '2024-03-05T12:00:00Z', stage: 'New' }
    await send(id, 'touchpoint', [touch, { ...touch, externalId: 'u' }])
    await send(id, 'deal', [deal])
    assert.deepEqual(await places(id), [
      'click 2024-03-05',
      'click 2024-03-05',
      'deal_stage 2024-03-05',
    ])
    // To another time of the day, to another day, and gone.
    await send(id, 'touchpoint', [
      { ...touch, at: '2024-03-05T13:00:00Z' },
      { ...touch, externalId: 'u', at: '2024-04-05T12:00:00Z' },
    ])
    await send(id, 'deal', [{ ...deal, at: '2024-03-07T12:00:00Z', stage: 'Won', won: true }])
    assert.deepEqual(await places(id), [
      'click 2024-03-05',
      'click 2024-04-05',
      'deal_stage 2024-03-07',
    ])
    assert.deepEqual((await events(id)).at(-1)?.attributes, {
      deal_id: 'd',
      stage: 'Won',
      state: 'won',
    })
    await send(id, 'touchpoint', [{ ...touch, at: '2024-03-05T13:00:00Z' }])
    await send(id, 'deal', [])
    assert.deepEqual(await places(id), ['click 2024-03-05'])
  })

  test('of a deal that two sources know, one may go', async ({ assert }) => {
    const { id } = await makeProject()
    const rows = [{ externalId: 'd', at: '2024-03-05T12:00:00Z', stage: 'New' }]
    await send(id, 'deal', rows)
    await deliver(
      { projectId: id, integrationId: '2', kind: 'deal', rows, key: () => 'd' },
      settings
    )
    assert.lengthOf(await events(id), 2)
    await send(id, 'deal', [])
    assert.lengthOf(await events(id), 1)
  })

  test('a rebuild names days and channels anew, and repeating it changes nothing', async ({
    assert,
  }) => {
    const { id } = await makeProject()
    await send(id, 'touchpoint', [{ externalId: 't', at: late, source: 'news', medium: 'email' }])
    await send(id, 'deal', [{ externalId: 'd', at: late, utmSource: 'news', utmMedium: 'email' }])
    await send(id, 'ad_spend_daily', [
      { date: '2024-03-05', cost: { amount: '5', currency: 'EUR' }, source: 'news' },
    ])
    assert.deepEqual(await places(id), [
      'ad_stats 2024-03-05',
      'click 2024-03-06',
      'deal_stage 2024-03-06',
    ])
    const own: RefreshSettings = {
      ...settings,
      timezone: 'America/New_York',
      channelRules: [
        { channel: 'Letters', conditions: [{ field: 'source', op: 'equals', values: ['news'] }] },
      ],
    }
    await rebuild(id, own)
    const now = await events(id)
    assert.deepEqual(await places(id), [
      'ad_stats 2024-03-05',
      'click 2024-03-05',
      'deal_stage 2024-03-05',
    ])
    assert.deepEqual(
      now.map(({ channel }) => channel),
      ['Letters', 'Letters', 'Letters']
    )
    for (const everything of [true, false]) {
      await mirrorEvents(await publishedVersion(id), { ...own, everything }, '0', [])
      assert.deepEqual(await events(id), now)
    }
  })
})
