import type { z } from 'zod'
import type { Auth } from './auth.ts'
import { configForm } from './config.ts'
import type { Context } from './context.ts'
import type { SourceError } from './errors.ts'
import type { Host, Json, Observed, RateLimit, VendorAnswer } from './http.ts'
import type { Stream } from './streams.ts'

// TRICKY: the type of a method, not of a property: parameters of methods are compared both ways, so
// that a definition with a config type of its own still is a SourceDefinition.
type Callback<A extends unknown[], R> = { call(...args: A): R }['call']

/** Headers of a request; absent ones are left out. */
type RequestHeaders = Record<string, string | undefined>

/** One choice of a field with the hint `pick`. */
export interface Option {
  value: string
  label: string
  group?: string
  badge?: string
}

/** A webhook as it came in. */
export interface WebhookRequest {
  /** Lower-case names. */
  headers: Record<string, string | undefined>
  /** The raw body: signatures are over these bytes. */
  body: Buffer
}

/** An HMAC-SHA256 of the raw body, which the core compares in constant time. */
export interface HmacSignature {
  /** Lower-case name of the header that carries it. */
  header: string
  encoding: 'base64' | 'hex'
  /** The client secret of the application, or a config field. */
  secret: 'application' | { field: string }
}

/** What a topic brings: whole rows as the stream reads them, or keys of rows to fetch again. */
export type Topic<S extends string> =
  | { stream: S; rows(body: Record<string, unknown>): unknown[] }
  | {
      stream: S
      /** The stream has `refetch`, which reads the row as it is now. */
      keys(body: Record<string, unknown>): string[][]
    }

/** By what a vendor names a person. */
export interface PersonNames {
  customerIds?: string[]
  emails?: string[]
  phones?: string[]
}

/**
 * What the law makes a vendor ask for: `erase` and `export` are about a person, `remove` about all that
 * the connection has loaded.
 */
export type Compliance =
  | { kind: 'erase' | 'export'; person(body: Record<string, unknown>): PersonNames }
  | { kind: 'remove' }

/** Calls of the vendor. They are stored, acknowledged, then run through the stream's `row` and `map`. */
export interface Webhooks<C extends z.ZodType, S extends string> {
  /** Is the call authentic? A signature, or a function that compares in constant time. */
  verify: HmacSignature | Callback<[request: WebhookRequest, config: z.output<C>], boolean>
  /** Id of the delivery; a second call with it is a no-op. */
  dedupe(request: WebhookRequest): string | undefined
  /** The topic of a call; absent: there is only one. */
  topic?(request: WebhookRequest): string | undefined
  /** By topic: the stream it feeds, and what is in the parsed body. */
  topics: Record<string, Topic<S>>
  /** By topic: what the vendor demands to be done. */
  compliance?: Record<string, Compliance>
  /**
   * Where a vendor calls one address of the application for all accounts: the config field that names an
   * account, and its value in a call.
   */
  account?: { field: string; of(request: WebhookRequest): string | undefined }
  /** Makes the vendor call `url`; called again from time to time, so it changes nothing the second time. */
  register?(context: Context<C>, url: string): Promise<void>
  unregister?(context: Context<C>, url: string): Promise<void>
}

/** A source: everything the core knows about a vendor. */
export interface SourceDefinition<C extends z.ZodObject = z.ZodObject, S extends string = string> {
  /** kebab-case, for ever: connections are stored under it. */
  id: string
  /** Value of `source_type` in reports; absent: the id with underscores. */
  sourceType?: string
  /** Version of the connector. */
  version: string
  /** Range of SDK versions it works with; another one disables the connector with a message. */
  sdk: string
  /** What users call the vendor. */
  title: string
  /** The vendor's API; `sunset` (a day) feeds a warning. Absent where there is none. */
  vendorApi?: { version: string; docs: string; sunset?: string }
  /** One way to authenticate, or several to choose from. */
  auth: Auth | readonly Auth[]
  /** Settings; hints by `field`. */
  config: C
  /** Absent where nothing is requested. */
  http?: {
    baseUrl: string | Callback<[config: z.output<C>], string>
    /** Further hosts, such as that of a bulk download; requests go nowhere else. */
    hosts?: readonly Host[] | Callback<[config: z.output<C>], readonly Host[]>
    /** Headers of every request; absent ones are left out. */
    headers?: RequestHeaders | Callback<[config: z.output<C>], RequestHeaders>
    limit: RateLimit | readonly RateLimit[]
    /**
     * The error behind an answer, where the status does not tell: also of answers of 200. The client
     * repeats `rate_limited` and `vendor_unavailable`, at `detail.retryAt` if given, and refreshes
     * the credentials once on `auth_expired`.
     */
    classify?(answer: VendorAnswer): SourceError | undefined
    /** What an answer tells about the budget. */
    observe?(answer: VendorAnswer): Observed | undefined
    /** Milliseconds without an answer, or between two parts of one; absent: 60,000. */
    timeoutMs?: number
  }
  /** Throws a `SourceError` unless the connection works. A few calls, or the head of a file. */
  check(context: Context<C>): Promise<void>
  /** Choices of the fields with the hint `pick`. */
  options?: Record<string, Callback<[context: Context<C>, search: string], Promise<Option[]>>>
  streams: Record<S, Stream<C>>
  /**
   * `project`: all integrations of the source number the same orders (files of one shop), so the one
   * synced later wins where two know an order. Absent: each integration has its own orders.
   */
  orderIds?: 'project'
  webhooks?: Webhooks<C, NoInfer<S>>
  /** Positions of earlier versions of the connector; `null` means: read again. */
  checkpoints?: { version: number; migrate(stream: string, from: number, value: Json): Json | null }
}

const ID = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/
const NAME = /^[a-z][a-z0-9]*(_[a-z0-9]+)*$/

/**
 * Defines a source; the result is the package's default export.
 *
 * @throws TypeError if the definition contradicts itself
 */
export function defineSource<C extends z.ZodObject, S extends string>(
  definition: SourceDefinition<C, S>
): SourceDefinition<C, S> & { sourceType: string } {
  const problem = contradiction(definition)
  if (problem !== undefined) throw new TypeError(`Source “${definition.id}”: ${problem}`)
  return { ...definition, sourceType: definition.sourceType ?? definition.id.replaceAll('-', '_') }
}

function contradiction<C extends z.ZodObject>(source: SourceDefinition<C>): string | undefined {
  if (!ID.test(source.id)) return 'the id is not kebab-case'
  for (const [name, stream] of Object.entries(source.streams)) {
    if (!NAME.test(name)) return `the stream “${name}” is not snake_case`
    if (stream.kind === 'report' && !stream.def.key.includes(stream.def.date)) {
      return `the day “${stream.def.date}” is not part of the key of the stream “${name}”`
    }
  }
  return missingOption(source)
}

function missingOption<C extends z.ZodObject>(source: SourceDefinition<C>): string | undefined {
  for (const [name, node] of Object.entries(configForm(source.config).properties ?? {})) {
    const hints = typeof node === 'boolean' ? undefined : (node.af as { pick?: string } | undefined)
    const pick = hints?.pick
    if (pick !== undefined && source.options?.[pick] === undefined) {
      return `the field “${name}” picks from “${pick}”, which options does not list`
    }
  }
  return undefined
}
