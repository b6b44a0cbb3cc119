import {
  secretFields,
  SourceError,
  type Auth,
  type Context,
  type SourceDefinition,
} from '../../src/index.ts'
import {
  fetchTransport,
  makeAuthorizer,
  makeBudget,
  makeHttp,
  systemClock,
  type Clock,
  type Tokens,
  type TokenStore,
  type Transport,
} from '../../src/runtime/index.ts'
import type { Cassette } from '../../testing/cassette.ts'
import { baseOf, limitsOf, waysOf } from '../../testing/declared.ts'
import { runStream } from '../../testing/simulation/run.ts'
import { Store } from '../../testing/simulation/store.ts'
import { credentialFields, Recorder } from './recorder.ts'
import type { Scrubber } from './scrubber.ts'
import type { Settings, SettingsFile } from './settings.ts'

/** What a recording is made of. */
export interface Recording {
  source: SourceDefinition
  settings: Settings
  file: Pick<SettingsFile, 'keepTokens'>
  scrubber: Scrubber
  /** Absent: the network of this machine. */
  transport?: Transport
  say: (line: string) => void
}

/** The moment stands still, as in the kit: requests that name the time are the same when they are answered. */
function standing(at: Date): Clock {
  return {
    now: () => at,
    sleep: (milliseconds, signal) => systemClock.sleep(milliseconds, signal),
  }
}

function parsed(source: SourceDefinition, settings: Settings): Record<string, unknown> {
  const result = source.config.safeParse(settings.config)
  if (result.success) return result.data
  const [issue] = result.error.issues
  const field = issue?.path.map(String).join('.') ?? ''
  throw new SourceError('config_invalid', `The setting “${field}” is not valid.`, { field })
}

function wayOf(source: SourceDefinition, index: number): Auth {
  const auth = waysOf(source)[index]
  if (auth !== undefined) return auth
  throw new Error(`The source has no way ${index} to authenticate; they count from 0`)
}

function tokenStore({ settings, file, scrubber }: Recording): TokenStore {
  let tokens: Tokens | undefined = settings.tokens
  let last: Promise<unknown> = Promise.resolve()
  const learn = () => {
    for (const text of [tokens?.accessToken, tokens?.refreshToken]) scrubber.hide(text ?? '')
  }
  learn()
  return {
    load: () => Promise.resolve(tokens),
    update: (change) => {
      const next = last.then(async () => {
        const renewed = await change(tokens)
        file.keepTokens(renewed)
        tokens = renewed
        learn()
        return renewed
      })
      last = next.catch(() => undefined)
      return next
    },
  }
}

/** One connection to a real vendor, listened to. */
class Session {
  readonly #recording: Recording
  readonly #auth: Auth
  readonly #config: Record<string, unknown>
  readonly #recorder: Recorder
  readonly #at = new Date()

  constructor(recording: Recording) {
    const { source, settings, scrubber } = recording
    this.#recording = recording
    this.#auth = wayOf(source, settings.auth)
    this.#config = parsed(source, settings)
    for (const field of secretFields(source.config)) this.#hide(this.#config[field])
    scrubber.hide(settings.application?.clientSecret ?? '')
    const base = baseOf(source, this.#config)
    if (base === undefined) {
      throw new Error('The source asks no vendor: there is nothing to record')
    }
    this.#recorder = new Recorder(scrubber, credentialFields(this.#auth), base)
  }

  #hide(value: unknown): void {
    if (typeof value === 'string') this.#recording.scrubber.hide(value)
  }

  #context(): Context {
    const { source, settings, transport = fetchTransport, say } = this.#recording
    const { signal } = new AbortController()
    const clock = standing(this.#at)
    const config = this.#config
    const log = (message: string) => {
      say(`  ${this.#recording.scrubber.text(message)}`)
    }
    const authorizer = makeAuthorizer({
      auth: this.#auth,
      config,
      store: tokenStore(this.#recording),
      application: settings.application,
      world: { transport, clock: systemClock, signal, title: source.title },
    })
    const budget = makeBudget(limitsOf(source), systemClock)
    const listened = this.#recorder.listening(transport)
    return {
      config,
      http: makeHttp({
        ...{ source, config, authorizer, budget, clock, signal, log },
        transport: listened,
      }),
      signal,
      now: () => this.#at,
      log,
      file: (field) => {
        throw new SourceError('file_invalid', 'Files are not recorded.', { field })
      },
      timezone: settings.timezone,
      currency: settings.currency,
    }
  }

  /** Asks all that the contracts ask: the check, and each stream twice, anew and as the run after. */
  async run(): Promise<void> {
    const { source, say } = this.#recording
    const context = this.#context()
    await source.check(context)
    say('The check passes.')
    for (const list of Object.values(source.options ?? {})) await list(context, '')
    for (const [name, stream] of Object.entries(source.streams)) {
      if (stream.def.when?.(this.#config) === false) continue
      const store = new Store()
      await runStream(stream, context, store)
      const count = store.emitted.length
      await runStream(stream, context, store)
      say(`${name}: ${count} rows`)
    }
  }

  cassette(): Cassette {
    const { source, settings, scrubber } = this.#recording
    const { timezone, currency, auth } = settings
    const config = Object.entries(settings.config).map(([name, value]) => {
      const isSecret = secretFields(source.config).includes(name) && typeof value === 'string'
      return [name, isSecret ? scrubber.shaped(value) : value]
    })
    return {
      version: 1,
      source: source.id,
      recordedAt: this.#at.toISOString(),
      ...{ timezone, currency, auth },
      config: Object.fromEntries(config) as Record<string, unknown>,
      credentials: credentialFields(this.#auth),
      exchanges: this.#recorder.exchanges,
    }
  }

  get hosts(): string[] {
    return [...this.#recorder.hosts]
  }
}

/**
 * Records what a vendor answers to everything that the contracts ask.
 *
 * @throws SourceError as the source does: wrong credentials, a vendor that cannot be reached
 */
export async function record(
  recording: Recording
): Promise<{ cassette: Cassette; hosts: string[] }> {
  const session = new Session(recording)
  await session.run()
  return { cassette: session.cassette(), hosts: session.hosts }
}
