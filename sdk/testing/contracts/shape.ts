import semver from 'semver'
import {
  configForm,
  kinds,
  kindsOf,
  secretFields,
  z,
  type Auth,
  type SourceDefinition,
  type Stream,
} from '../../src/index.ts'
import { sdkVersion } from '../sdk_version.ts'
import { baseOf, hostsOf, waysOf } from '../declared.ts'
import { expect } from '../failure.ts'
import type { Contract } from '../plan.ts'
import { rowsOf } from '../simulation/stage.ts'
import type { World } from '../world.ts'

const isHttps = (address: string): boolean =>
  URL.canParse(address) && new URL(address).protocol === 'https:'

function checkVersions(source: SourceDefinition): void {
  const { version, sdk, vendorApi } = source
  expect(semver.valid(version) !== null, `the version “${version}” is none, such as 1.0.0`)
  expect(semver.satisfies(sdkVersion, sdk), `“sdk: ${sdk}” does not fit this SDK, ${sdkVersion}`)
  if (vendorApi === undefined) return
  expect(isHttps(vendorApi.docs), 'vendorApi.docs is no https address')
  const { sunset } = vendorApi
  const isDay = sunset === undefined || z.iso.date().safeParse(sunset).success
  expect(isDay, 'vendorApi.sunset is no day, such as 2027-04-01')
}

function checkForm(source: SourceDefinition): void {
  const form = configForm(source.config)
  const text = JSON.stringify(form)
  expect(typeof text === 'string', 'the settings cannot be shown as a form')
  for (const [name, node] of Object.entries(form.properties ?? {})) {
    const title = typeof node === 'boolean' ? undefined : node.title
    expect(Boolean(title), `the setting “${name}” has no label: use field()`)
  }
}

/** Addresses with settings in them count as if these were names. */
const isAddress = (template: string): boolean => isHttps(template.replaceAll(/\{\w+\}/g, 'name'))

function checkAuth(source: SourceDefinition, auth: Auth): void {
  const secrets = secretFields(source.config)
  if (auth.kind === 'oauth2') {
    expect(isAddress(auth.authorizeUrl), 'authorizeUrl is no https address')
    expect(isAddress(auth.tokenUrl), 'tokenUrl is no https address')
    const isSwap = auth.refresh === 'exchange' && auth.grant !== 'client_credentials'
    expect(!isSwap || auth.exchange !== undefined, 'refresh: exchange needs `exchange`')
  }
  if (auth.kind === 'api_key') {
    const field = auth.field ?? 'api_key'
    expect(secrets.includes(field), `the key comes from the setting “${field}”, which is no secret`)
  }
  if (auth.kind === 'service_account') {
    const field = auth.field ?? 'service_account_key'
    expect(secrets.includes(field), `the key file is the setting “${field}”, which is no secret`)
  }
}

function checkHttp({ source, config }: World): void {
  const base = baseOf(source, config)
  if (base === undefined) return
  expect(isHttps(base), 'http.baseUrl is no https address')
  for (const host of hostsOf(source, config)) {
    const name = typeof host === 'string' ? host : host.host
    expect(/^(\*\.)?[\w-]+(\.[\w-]+)+(:\d+)?$/.test(name), `“${name}” is no host`)
    const isWide = typeof host === 'object' && name.startsWith('*')
    expect(!isWide, `credentials may not go to every host of “${name}”`)
  }
}

function fieldsOf(row: z.ZodType): string[] | undefined {
  const schema = z.toJSONSchema(row, { io: 'output', unrepresentable: 'any' })
  return schema.properties === undefined ? undefined : Object.keys(schema.properties)
}

function checkFields(name: string, stream: Stream): void {
  const def = rowsOf(stream)
  if (def === undefined) return
  const fields = fieldsOf(def.row)
  const { updatedAt, date } = def as { updatedAt?: string; date?: string }
  expect(def.key.length > 0, `${name}: has no key`)
  for (const field of [...def.key, updatedAt, date]) {
    if (field === undefined || fields === undefined) continue
    expect(fields.includes(field), `${name}: “${field}” is no field of its rows`)
  }
}

function checkStream(name: string, stream: Stream, config: Record<string, unknown>): void {
  checkFields(name, stream)
  for (const kind of kindsOf(stream)) expect(kinds.includes(kind), `${name}: “${kind}” is no kind`)
  if (stream.kind !== 'report') return
  const { def } = stream
  const { windowDays, historyDays } = def
  const lookback = def.lookbackDays(config)
  for (const [field, days] of Object.entries({ windowDays, historyDays, lookbackDays: lookback })) {
    expect(Number.isInteger(days) && days >= 0, `${name}: ${field} is no number of days`)
  }
  expect(windowDays > 0, `${name}: windowDays has to be 1 or more`)
  expect(historyDays >= lookback, `${name}: lookbackDays is more than historyDays`)
}

export const shape: Contract = {
  id: 'shape',
  title: 'the definition is complete and consistent',
  run: async (plan) => {
    const { source } = plan
    checkVersions(source)
    checkForm(source)
    const world = plan.world()
    checkHttp(world)
    for (const auth of waysOf(source)) checkAuth(source, auth)
    expect(plan.streams.length > 0, 'no stream runs with the settings of the contract')
    for (const [name, stream] of Object.entries(source.streams)) {
      checkStream(name, stream, world.config)
    }
  },
}
