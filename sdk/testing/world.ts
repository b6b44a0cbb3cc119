import {
  secretFields,
  SourceError,
  type Auth,
  type Context,
  type FileHandle,
  type Json,
  type SourceDefinition,
  type Stream,
} from '../src/index.ts'
import { makeAuthorizer, makeBudget, makeHttp, type Budget } from '../src/runtime/index.ts'
import { VirtualClock } from './clock.ts'
import { application, Credentials } from './credentials.ts'
import { limitsOf, waysOf } from './declared.ts'
import { runStream } from './simulation/run.ts'
import type { RunOptions } from './simulation/stage.ts'
import { Store } from './simulation/store.ts'
import type { ContractSpec, FileSpec, Tables } from './spec.ts'
import { tablesOf } from './tables.ts'
import { KitVendor } from './vendor.ts'

function authOf(source: SourceDefinition, spec: ContractSpec): Auth {
  const auth = waysOf(source)[spec.auth ?? 0]
  if (auth === undefined) throw new RangeError('The source has no such way to authenticate')
  return auth
}

const clockOf = ({ now = '2026-03-18T12:00:00Z' }: ContractSpec) => new VirtualClock(now)

function fileOf({ name, bytes }: FileSpec): FileHandle {
  return {
    name,
    size: bytes.byteLength,
    async *open({ from = 0 } = {}) {
      for (let at = from; at < bytes.byteLength; at += 65_536) yield bytes.subarray(at, at + 65_536)
    },
  }
}

/** One installation with one connection, and the vendor behind it. Nothing of it outlives a scenario. */
export class World {
  readonly source: SourceDefinition
  readonly spec: ContractSpec
  readonly clock: VirtualClock
  readonly credentials: Credentials
  readonly tables: Tables
  readonly vendor: KitVendor
  readonly budget: Budget
  readonly config: Record<string, unknown>
  /** Lines of the log as they came, nothing redacted. */
  readonly logs: string[] = []

  constructor(
    source: SourceDefinition,
    spec: ContractSpec,
    settings = spec.config,
    from?: Pick<World, 'clock' | 'tables'>
  ) {
    const auth = authOf(source, spec)
    this.source = source
    this.spec = spec
    this.config = parsed(source, { ...settings, ...Credentials.settings(auth) })
    this.clock = from?.clock ?? clockOf(spec)
    this.credentials = new Credentials(auth, this.config)
    for (const field of secretFields(source.config)) this.#hide(this.config[field])
    this.tables = from?.tables ?? tablesOf(this)
    this.budget = makeBudget(limitsOf(source), this.clock)
    this.vendor = new KitVendor(this)
  }

  get timezone(): string {
    return this.spec.timezone ?? 'Europe/Berlin'
  }

  /** Streams that run with these settings. */
  get streams(): [string, Stream][] {
    const all = Object.entries(this.source.streams)
    return all.filter(([, { def }]) => def.when?.(this.config) ?? true)
  }

  #hide(value: unknown): void {
    if (typeof value === 'string' && value.length >= 8) this.credentials.secrets.add(value)
  }

  /** What a source is given. */
  context(signal: AbortSignal = new AbortController().signal): Context {
    const log = (message: string, data?: Record<string, Json>) => {
      this.logs.push(data === undefined ? message : `${message} ${JSON.stringify(data)}`)
    }
    const authorizer = makeAuthorizer({
      auth: this.credentials.auth,
      config: this.config,
      store: this.credentials.store,
      application,
      world: {
        transport: this.vendor.transport,
        clock: this.clock,
        signal,
        title: this.source.title,
      },
    })
    const http = makeHttp({
      source: this.source,
      config: this.config,
      transport: this.vendor.transport,
      authorizer,
      budget: this.budget,
      clock: this.clock,
      random: () => 0.5,
      signal,
      log,
    })
    return {
      config: this.config,
      http,
      signal,
      now: this.clock.now,
      log,
      file: (field) => this.#file(field),
      timezone: this.timezone,
      currency: this.spec.currency ?? 'EUR',
    }
  }

  #file(field: string): FileHandle {
    const file = this.spec.files?.[field]
    if (file !== undefined) return fileOf(file)
    throw new SourceError('file_invalid', 'There is no file. Upload one.', { field })
  }

  /** The rows that somebody sees who connects now and reads everything. */
  async readAnew(name: string): Promise<string> {
    const { source, spec, config } = this
    const store = new Store()
    await new World(source, spec, { ...spec.config, ...config }, this).run(name, store)
    return store.text()
  }

  /** One run of a stream into a store. */
  async run(name: string, store: Store, options: RunOptions = {}): Promise<void> {
    const stream = this.source.streams[name]
    if (stream === undefined) throw new RangeError(`There is no stream “${name}”`)
    await runStream(stream, this.context(options.signal), store, options)
  }
}

function parsed(
  source: SourceDefinition,
  settings: Record<string, unknown>
): Record<string, unknown> {
  const result = source.config.safeParse(settings)
  if (result.success) return result.data
  const issue = result.error.issues[0]
  const field = issue?.path.map(String).join('.') ?? ''
  throw new SourceError('config_invalid', issue?.message ?? 'The settings are not valid', { field })
}
