import { test } from '@japa/runner'
import type { Integration, Run, RunLogLine, Source } from '../src/api/types.ts'
import {
  changesOf,
  faultsIn,
  fieldNameOf,
  fieldsOf,
  needsSecretsAgain,
  splitValues,
} from '../src/features/integrations/config_form.ts'
import { choicesOf, linesOf, numberOf } from '../src/features/integrations/input_values.ts'
import {
  followedOf,
  rowsLoaded,
  secondsOf,
  shareDone,
} from '../src/features/integrations/run_state.ts'
import { EventReader } from '../src/features/integrations/event_reader.ts'
import {
  clock,
  minutesOf,
  toDraft,
  toSchedule,
  type Preset,
} from '../src/features/integrations/schedule_presets.ts'
import { connectedIn, CONNECTED } from '../src/features/integrations/connected.ts'
import { dataText, withLine } from '../src/features/integrations/log_lines.ts'
import { groupsOf } from '../src/features/integrations/option_groups.ts'
import { canStart, goesByConsent, stepOf } from '../src/features/integrations/readiness.ts'
import { connectedOnly, troubleFirst } from '../src/features/integrations/status.ts'

/** As `GET /sources` shows the settings of a vendor. */
const config = {
  type: 'object',
  properties: {
    host: { type: 'string', title: 'Shop address', description: 'With https', af: { host: true } },
    accountId: { type: 'string', pattern: '^\\d{10}$', title: 'Account', af: { pick: 'accounts' } },
    region: { type: 'string', enum: ['eu', 'us'], default: 'eu', title: 'Region' },
    lookbackDays: { type: 'integer', minimum: 1, maximum: 90 },
    withDrafts: { type: 'boolean', default: false, title: 'With drafts' },
    tags: { type: 'array', items: { type: 'string' }, title: 'Tags' },
    token: { type: 'string', writeOnly: true, title: 'Token', af: { secret: true } },
    file: { type: 'string', af: { file: true } },
  },
  required: ['host', 'accountId', 'region', 'token', 'file'],
}
const fields = fieldsOf(config)
const fieldNamed = (name: string) => {
  const found = fields.find((field) => field.name === name)
  if (!found) throw new Error(`no field ${name}`)
  return found
}
const right = { host: 'https://shop.example', accountId: '1234567890', token: 'abc' }

test.group('Form of a source', () => {
  test('has a field for each setting, by what it holds; files come by another way', ({
    assert,
  }) => {
    assert.deepEqual(
      fields.map(({ name, kind, isRequired }) => [name, kind, isRequired]),
      [
        ['host', 'text', true],
        ['accountId', 'pick', true],
        ['region', 'choice', false],
        ['lookbackDays', 'number', false],
        ['withDrafts', 'switch', false],
        ['tags', 'list', false],
        ['token', 'secret', true],
      ]
    )
    assert.deepInclude(fieldNamed('host'), {
      label: 'Shop address',
      help: 'With https',
      isHost: true,
    })
    assert.equal(fields[3]?.label, 'Lookback Days')
    assert.deepEqual(fieldsOf(null), [])
  })

  test('tells what is missing or cannot be right', ({ assert }) => {
    assert.deepEqual(faultsIn(fields, { values: right }), {})
    assert.deepEqual(
      faultsIn(fields, { values: { host: ' ', accountId: '123', lookbackDays: 91 } }),
      { host: 'required', accountId: 'pattern', lookbackDays: 'range', token: 'required' }
    )
  })

  test('stored secrets and what is picked later need not be entered', ({ assert }) => {
    const { host } = right
    assert.deepEqual(
      faultsIn(fields, { values: { host }, hasCredentials: true, laterPicks: true }),
      {}
    )
  })

  test('secrets go one way, settings the other, empty fields nowhere', ({ assert }) => {
    const values = {
      ...right,
      host: ' https://shop.example ',
      tags: [' a', ''],
      lookbackDays: undefined,
    }
    assert.deepEqual(splitValues(fields, values), {
      settings: { host: 'https://shop.example', accountId: '1234567890', tags: ['a'] },
      credentials: { token: 'abc' },
    })
  })

  test('a change names what is new, and takes away what was emptied', ({ assert }) => {
    const saved = { host: 'https://shop.example', accountId: '1234567890', lookbackDays: 7 }
    const values = { ...saved, accountId: '9999999999', lookbackDays: undefined }
    assert.deepEqual(changesOf(fields, values, saved), {
      settings: { accountId: '9999999999', lookbackDays: null },
      credentials: {},
    })
    assert.deepEqual(changesOf(fields, saved, saved), { settings: {}, credentials: {} })
  })

  test('another host needs the secrets again', ({ assert }) => {
    const saved = { host: 'https://shop.example' }
    assert.isFalse(needsSecretsAgain(fields, { host: 'https://shop.example ' }, saved))
    assert.isTrue(needsSecretsAgain(fields, { host: 'https://evil.example' }, saved))
    const open = fields.filter(({ isSecret }) => !isSecret)
    assert.isFalse(needsSecretsAgain(open, { host: 'https://evil.example' }, saved))
  })

  test('a fault of the server finds its field', ({ assert }) => {
    assert.equal(fieldNameOf('settings.accountId'), 'accountId')
    assert.equal(fieldNameOf('credentials.token'), 'token')
    assert.equal(fieldNameOf('schedule.cron'), 'schedule')
  })

  test('what is typed becomes a value', ({ assert }) => {
    assert.deepEqual(linesOf('a\n\n b\n'), ['a', 'b', ''])
    assert.isUndefined(numberOf(''))
    assert.equal(numberOf('12'), 12)
    assert.deepEqual(choicesOf({ ...fieldNamed('region'), standard: undefined }), ['', 'eu', 'us'])
    assert.deepEqual(choicesOf(fieldNamed('region')), ['eu', 'us'])
  })
})

test.group('Schedules', () => {
  test('every preset is recognised again', ({ assert }) => {
    const presets: Preset[] = ['off', 'hourly', 'six_hours', 'daily', 'weekdays', 'weekly']
    for (const preset of presets) {
      const draft = { preset, minutes: 425, cron: '', timezone: 'Europe/Berlin' }
      assert.equal(toDraft(toSchedule(draft), 'UTC').preset, preset)
    }
    const daily = toSchedule({ preset: 'daily', minutes: 425, cron: '', timezone: 'UTC' })
    assert.equal(daily?.cron, '5 7 * * *')
    assert.equal(toDraft(daily, 'UTC').minutes, 425)
  })

  test('others are shown as they are written', ({ assert }) => {
    const schedule = { cron: '0 6 1 * *', timezone: 'UTC' }
    assert.deepInclude(toDraft(schedule, 'UTC'), { preset: 'cron', cron: '0 6 1 * *' })
    assert.equal(toDraft({ cron: '0 26 * * *', timezone: 'UTC' }, 'UTC').preset, 'cron')
    assert.deepEqual(toSchedule(toDraft(schedule, 'UTC')), schedule)
  })

  test('times of day', ({ assert }) => {
    assert.equal(clock(425), '07:05')
    assert.equal(minutesOf('07:05'), 425)
    assert.isNull(minutesOf(''))
  })
})

test.group('Runs', () => {
  const stream = (windows_done: number, windows_total: number, rows_loaded = 0) =>
    ({ windows_done, windows_total, rows_loaded }) as Run['streams'][number]

  test('how far a run is follows from its windows', ({ assert }) => {
    assert.equal(shareDone({ streams: [stream(1, 2), stream(0, 2), stream(0, 0)] }), 0.25)
    assert.isNull(shareDone({ streams: [stream(0, 0)] }))
    assert.equal(rowsLoaded({ streams: [stream(0, 0, 3), stream(0, 0, 4)] }), 7)
  })

  test('a run takes from its start to its end', ({ assert }) => {
    const run = { started_at: '2024-01-01T00:00:00Z', finished_at: null } as Run
    assert.equal(secondsOf({ ...run, finished_at: '2024-01-01T00:00:30Z' }), 30)
    assert.isNull(secondsOf(run))
    assert.isNull(secondsOf({ ...run, started_at: null }))
  })

  test('events come together from whatever pieces the wire makes of them', ({ assert }) => {
    const wire = ': hello\n\nevent: run\ndata: {"id":\ndata: "1"}\n\nevent: run\r\ndata: {}\r\n\r\n'
    const reader = new EventReader()
    const events = Array.from(wire).flatMap((piece) => reader.push(piece))
    assert.deepEqual(events, [
      { name: 'run', data: '{"id":\n"1"}' },
      { name: 'run', data: '{}' },
    ])
  })
})

test.group('List of integrations', () => {
  const one = (name: string, type: string, status: Integration['status']) =>
    ({ name, type, status }) as Integration

  test('what needs somebody stands first, files elsewhere', ({ assert }) => {
    const sources = [
      { id: 'csv', capabilities: { file_import: true } },
      { id: 'ads', capabilities: { file_import: false } },
    ] as Source[]
    const list = [
      one('B', 'ads', 'active'),
      one('A', 'ads', 'active'),
      one('C', 'ads', 'needs_reauth'),
      one('orders', 'csv', 'error'),
    ]
    assert.deepEqual(
      troubleFirst(connectedOnly(list, sources)).map(({ name }) => name),
      ['C', 'A', 'B']
    )
  })
})

test.group('Connecting', () => {
  const integration = (needs_consent: boolean, missing: string[], has_credentials = false) =>
    ({ needs_consent, missing, has_credentials }) as Integration

  test('consent comes first, then what the vendor lists', ({ assert }) => {
    assert.equal(stepOf(integration(true, ['account'])), 'consent')
    assert.equal(stepOf(integration(false, ['account'])), 'pick')
    assert.equal(stepOf(integration(false, [])), 'none')
  })

  test('the run under way is followed, not the one that waits for it', ({ assert }) => {
    const runs = ['queued', 'running', 'done'].map((status) => ({ status }) as Run)
    assert.equal(followedOf(runs)?.status, 'running')
    assert.equal(followedOf([{ status: 'queued' } as Run])?.status, 'queued')
    assert.isUndefined(followedOf([{ status: 'done' } as Run]))
  })

  test('what loads, is paused or is not set up cannot be started', ({ assert }) => {
    const canStartAs = (status: string, missing: string[] = []) =>
      canStart({ ...integration(false, missing), status } as Integration)
    assert.deepEqual(
      ['active', 'error', 'syncing', 'paused', 'needs_reauth'].map((status) => canStartAs(status)),
      [true, true, false, false, false]
    )
    assert.isFalse(canStartAs('pending', ['account']))
  })

  test('whoever connected with a key is not sent to the vendor', ({ assert }) => {
    const source = { consent: { available: true } } as Source
    assert.isTrue(goesByConsent(integration(false, []), source))
    assert.isFalse(goesByConsent(integration(false, [], true), source))
    assert.isFalse(goesByConsent(integration(false, []), { consent: null } as Source))
  })

  test('how a consent ended is read from the address, and nothing else is', ({ assert }) => {
    const read = (search: string) => connectedIn(new URLSearchParams(search))
    for (const result of CONNECTED) assert.equal(read(`connected=${result}`), result)
    assert.isNull(read(''))
    assert.equal(read('connected=<b>'), 'failed')
  })

  test('accounts stand in their groups; the chosen one is there, listed or not', ({ assert }) => {
    const options = [
      { value: '1', label: 'Shop', group: 'Agency', badge: 'EUR' },
      { value: '1', label: 'Shop', group: 'Agency', badge: 'EUR' },
      { value: '2', label: 'Shop 2' },
    ]
    assert.deepEqual(groupsOf(options, '3'), [
      { group: 'Agency', items: [{ value: '1', label: 'Shop · 1 · EUR' }] },
      {
        group: '',
        items: [
          { value: '2', label: 'Shop 2' },
          { value: '3', label: '3' },
        ],
      },
    ])
  })

  test('a line of a log that is told twice stands there once', ({ assert }) => {
    const line = (id: string) => ({ id, message: id }) as RunLogLine
    const twice = [line('1'), line('2'), line('1')].reduce<RunLogLine[]>(withLine, [])
    assert.deepEqual(
      twice.map(({ id }) => id),
      ['1', '2']
    )
    assert.equal(dataText({ page: 2, of: 'orders' }), 'page: 2 · of: orders')
    assert.equal(dataText(null), '')
  })
})
