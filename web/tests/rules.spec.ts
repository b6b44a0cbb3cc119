import { test } from '@japa/runner'
import type { ChannelRules, PersonErasure, PersonExport } from '../src/api/types.ts'
import { isConfirmed, newestFirst } from '../src/features/privacy/requests.ts'
import {
  channelsOf,
  isChanged,
  isComplete,
  moved,
  reduceRules,
  toBody,
  toDraft,
  type RulesAction,
} from '../src/features/rules/rules_draft.ts'
import { bestMatch, similarity } from '../src/features/rules/similarity.ts'
import { mappingOf } from '../src/features/rules/mapping.ts'

const condition = (value: string) => ({
  field: 'source' as const,
  op: 'equals' as const,
  values: [value],
})

const saved: ChannelRules = {
  rules: [
    { channel: 'Podcast', conditions: [condition('studio')], is_paid: true },
    { channel: 'Letters', conditions: [condition('post')], is_paid: false },
  ],
  preset: [{ channel: 'Email', conditions: [condition('email')], is_paid: false }],
  channels: [{ channel: 'Podcast', is_paid: true }],
  is_settled: true,
}

const after = (...actions: RulesAction[]) => actions.reduce(reduceRules, toDraft(saved))

test.group('Draft of channel rules', () => {
  test('what is saved is no change, and neither is moving there and back', ({ assert }) => {
    assert.isFalse(isChanged(after(), saved))
    assert.isFalse(
      isChanged(after({ type: 'move', from: 0, to: 1 }, { type: 'move', from: 1, to: 0 }), saved)
    )
    assert.isTrue(isChanged(after({ type: 'move', from: 0, to: 1 }), saved))
  })

  test('a rule goes where it is dropped', ({ assert }) => {
    assert.deepEqual(moved(['a', 'b', 'c'], 0, 2), ['b', 'c', 'a'])
    assert.deepEqual(moved(['a', 'b', 'c'], 2, 0), ['c', 'a', 'b'])
  })

  test('a new rule keeps its own key, whatever was removed before', ({ assert }) => {
    const { rules } = after({ type: 'remove', key: 0 }, { type: 'add' }, { type: 'add' })
    assert.deepEqual(
      rules.map(({ key }) => key),
      [1, 2, 3]
    )
  })

  test('a rule without a channel or a value is not ready', ({ assert }) => {
    const isReady = (patch: object) =>
      isComplete({ key: 0, channel: 'A', conditions: [condition('x')], ...patch })
    assert.isTrue(isReady({}))
    assert.isFalse(isReady({ channel: '  ' }))
    assert.isFalse(isReady({ conditions: [] }))
    assert.isFalse(isReady({ conditions: [condition('x'), { ...condition(''), values: [] }] }))
  })

  test('every channel that is named can be paid, spaces around its name aside', ({ assert }) => {
    const draft = after(
      { type: 'change', key: 1, patch: { channel: ' Mail  ' } },
      { type: 'paid', channel: 'Mail', isPaid: true }
    )
    assert.deepEqual(channelsOf(draft, saved), ['Email', 'Mail', 'Podcast'])
    const body = toBody(draft, saved)
    assert.equal(body.rules[1]?.channel, 'Mail')
    assert.deepEqual(body.channels, [
      { channel: 'Email', is_paid: false },
      { channel: 'Mail', is_paid: true },
      { channel: 'Podcast', is_paid: true },
    ])
  })
})

test.group('Campaigns that belong together', () => {
  test('a name is the same however its words are joined', ({ assert }) => {
    assert.equal(similarity('Brand | DE', 'brand_de'), 1)
    assert.isAbove(similarity('Spring sale 2025', 'spring_sale'), 0.55)
    assert.isBelow(similarity('Brand', 'Winter boots'), 0.3)
    assert.equal(similarity('', 'x'), 0)
  })

  test('what is like nothing has no suggestion', ({ assert }) => {
    const names = ['Winter Boots', 'Spring Sale']
    assert.equal(bestMatch('winter-boots-2', names, String), 'Winter Boots')
    assert.isNull(bestMatch('Brand', names, String))
  })

  test('an id says more than a name', ({ assert }) => {
    const visits = {
      source: 'google',
      campaign: 'brand',
      campaign_id: null,
      channel: null,
    } as Parameters<typeof mappingOf>[0]
    const spend = { campaign: 'Brand DE', campaign_id: '9' } as Parameters<typeof mappingOf>[1]
    assert.deepEqual(mappingOf(visits, spend), {
      from: { source: 'google', campaign: 'brand' },
      to: { campaign_id: '9' },
    })
    assert.deepEqual(mappingOf({ ...visits, campaign_id: '7' }, { ...spend, campaign_id: null }), {
      from: { campaign_id: '7' },
      to: { campaign_key: 'Brand DE' },
    })
  })
})

test.group('A person’s data', () => {
  test('exports and erasures are one list, the newest first', ({ assert }) => {
    const shared = {
      status: 'done',
      alias_type: 'email',
      finished_at: null,
      error: null,
      retry_at: null,
    } as const
    const file: PersonExport = {
      ...shared,
      id: '1',
      created_at: '2024-01-02T00:00:00.000Z',
      file_url: null,
      file_size: null,
      expires_at: null,
    }
    const erased = (id: string, created_at: string): PersonErasure => ({
      ...shared,
      id,
      created_at,
      step: 'done',
    })
    const list = newestFirst(
      [file],
      [erased('1', '2024-01-03T00:00:00.000Z'), erased('2', '2024-01-01T00:00:00.000Z')]
    )
    assert.deepEqual(
      list.map(({ kind, id }) => `${kind} ${id}`),
      ['erasure 1', 'export 1', 'erasure 2']
    )
  })

  test('an erasure has to be confirmed by what was looked for', ({ assert }) => {
    assert.isTrue(isConfirmed(' ann@example.com', 'ann@example.com'))
    assert.isFalse(isConfirmed('ann@example.co', 'ann@example.com'))
    assert.isFalse(isConfirmed('', ''))
  })
})
