import { test } from '@japa/runner'
import {
  configForm,
  defineSource,
  field,
  fileFields,
  hostFields,
  kindsOf,
  noAuth,
  reportStream,
  secretFields,
  snapshotStream,
  z,
} from '../src/index.ts'
import northwind from './fixtures/right/northwind.ts'

const Config = z.object({
  shop: field(z.url(), { label: 'Shop', help: 'Its address', host: true }),
  key: field(z.string(), { label: 'Key', secret: true }),
  token: field(z.string(), { label: 'Token', secret: true }).optional(),
  file: field(z.string(), { label: 'File', file: true }),
  days: field(z.coerce.number().default(7), { label: 'Days' }),
  account: field(
    z.string().transform((id) => id.trim()),
    { label: 'Account' }
  ),
})

const Row = z.object({ id: z.string(), day: z.iso.date() })
const rows = { title: 'Rows', emits: 'ad_spend_daily', row: Row } as const
async function* nothing(): AsyncGenerator<never> {}
const map = (row: z.output<typeof Row>) => ({
  date: row.day,
  cost: { amount: '0', currency: 'EUR' },
})
const base = {
  version: '1.0.0',
  sdk: '^1.0.0',
  title: 'Shop',
  auth: noAuth(),
  check: async () => {},
}

test.group('config form', () => {
  test('shows labels, help, defaults and hints', ({ assert }) => {
    const form = configForm(Config)
    assert.containSubset(form.properties, {
      shop: { type: 'string', title: 'Shop', description: 'Its address', af: { host: true } },
      key: { type: 'string', title: 'Key', writeOnly: true, af: { secret: true } },
      file: { title: 'File', af: { file: true } },
      days: { title: 'Days', default: 7 },
      account: { type: 'string', title: 'Account' },
    })
    assert.deepEqual(form.required, ['shop', 'key', 'file', 'account'])
    assert.notInclude(JSON.stringify(form), 'label')
  })

  test('knows which fields are secrets, hosts and files, however they are wrapped', ({
    assert,
  }) => {
    assert.deepEqual(secretFields(Config), ['key', 'token'])
    assert.deepEqual(hostFields(Config), ['shop'])
    assert.deepEqual(fileFields(Config), ['file'])
  })
})

test.group('defineSource', () => {
  test('names the source type after the id unless told otherwise', ({ assert }) => {
    assert.equal(northwind.sourceType, 'northwind_ads')
    const meta = defineSource({
      ...base,
      id: 'meta-ads',
      sourceType: 'facebook',
      config: Config,
      streams: {},
    })
    assert.equal(meta.sourceType, 'facebook')
  })

  test('refuses ids, stream names and picks that cannot work', ({ assert }) => {
    const source = { ...base, id: 'shop', config: z.object({}), streams: {} }
    const list = snapshotStream(source.config, { ...rows, key: ['id'], read: nothing, map })
    assert.throws(() => defineSource({ ...source, id: 'My Shop' }), /kebab-case/)
    assert.throws(() => defineSource({ ...source, streams: { 'Ad-Spend': list } }), /snake_case/)
    const config = z.object({ account: field(z.string(), { label: 'Account', pick: 'accounts' }) })
    assert.throws(() => defineSource({ ...source, config }), /“account” picks from “accounts”/)
  })

  test('refuses a report whose day is not part of the key', ({ assert }) => {
    const config = z.object({})
    const report = { ...rows, read: nothing, map, windowDays: 7, historyDays: 30, lookbackDays: 3 }
    const good = reportStream(config, { ...report, key: ['id', 'day'], date: 'day' })
    assert.doesNotThrow(() => defineSource({ ...base, id: 'shop', config, streams: { good } }))
    if (good.kind !== 'report') throw new Error('Not a report')
    const bad = { kind: 'report' as const, def: { ...good.def, key: ['id'] } }
    assert.throws(() => defineSource({ ...base, id: 'shop', config, streams: { bad } }), /“day”/)
  })
})

test.group('streams', () => {
  test('a report always tells its day and its lookback', ({ assert }) => {
    const { insights } = northwind.streams
    if (insights.kind !== 'report') throw new Error('Not a report')
    assert.equal(insights.def.date, 'date')
    assert.equal(insights.def.lookbackDays({ accountId: '1', lookbackDays: 5 }), 5)
  })

  test('lists its kinds, one or several', ({ assert }) => {
    const config = z.object({})
    const several = snapshotStream(config, {
      title: 'File',
      emits: ['order', 'refund'],
      bulk: true,
      identity: 'content',
      read: nothing,
    })
    assert.deepEqual(kindsOf(several), ['order', 'refund'])
    assert.deepEqual(kindsOf(northwind.streams.leads), ['lead'])
  })
})
