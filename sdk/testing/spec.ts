import type { Json, SourceErrorCode, WebhookRequest } from '../src/index.ts'

/** A request as the fake vendor sees it, after the kit has checked the credentials. */
export interface VendorRequest {
  method: string
  /** Below the base URL where it is, else the whole address without its query. */
  path: string
  /** Each parameter's last value. */
  query: Record<string, string>
  /** Lower-case names. */
  headers: Record<string, string>
  /** Parsed JSON, the fields of a form, or the text; `null` without a body. */
  body: Json
  url: URL
  now: Date
}

/** What a fake vendor answers: JSON, or a text. */
export interface VendorReply {
  /** Absent: 200. */
  status?: number
  headers?: Record<string, string>
  json?: unknown
  text?: string
}

/** A row as the vendor keeps it. */
export type VendorRow = Record<string, unknown>

/** The vendor's rows by stream. The kit adds, changes and removes rows; the fake serves what is there. */
export type Tables = Record<string, VendorRow[]>

/** How rows of one stream are made. */
export interface StreamSpec {
  /**
   * The row with this number, which no other row has, and with this time: the day of a report, the
   * update time of an entity.
   */
  make(number: number, at: Date): VendorRow
  /** The same row with other figures or texts, and the same key. */
  change(row: VendorRow): VendorRow
  /** The same row, updated then; absent: the field `updatedAt` of the definition is set. */
  touch?(row: VendorRow, at: Date): VendorRow
  /** The row as `read` yields it; absent: as the vendor keeps it. */
  asRead?(row: VendorRow): VendorRow
  /** The same row, damaged; absent: its first key field becomes an object. */
  spoil?(row: VendorRow): VendorRow
  /** How many rows there are; absent: 12, or two a day for reports. */
  rows?: number
}

/** A file that stands for an upload. */
export interface FileSpec {
  name: string
  bytes: Uint8Array
}

/** Credentials, settings or a vendor with which `check` has to fail. */
export interface BadCase {
  name: string
  /** Settings that replace those of the contract. */
  config?: Record<string, unknown>
  /** Files that replace those of the contract. */
  files?: Record<string, FileSpec>
  /** Answers of the vendor, in place of its own where there is one. */
  reply?: (request: VendorRequest) => VendorReply | undefined
  /** The credentials are refused. */
  isRevoked?: true
  /** The error that has to come. */
  code: SourceErrorCode
  /** Its `detail.field`. */
  field?: string
}

/** Calls of the vendor, as it would sign them. */
export interface WebhookSpec {
  /**
   * The call that tells of a row, signed with a setting of the contract or with the client secret of the
   * application. The same row under another id is another delivery.
   */
  call(topic: string, row: VendorRow, delivery: string, clientSecret: string): WebhookRequest
  /** The vendor signs nothing: a call is a hint, and its address the secret. */
  isUnsigned?: true
}

/** What the kit needs to know to try a source. */
export interface ContractSpec {
  /** The vendor: answers requests from the tables, and remembers nothing else. */
  vendor(request: VendorRequest, tables: Tables): VendorReply | Promise<VendorReply>
  /** The settings as a user types them, with secrets of at least eight characters. */
  config: Record<string, unknown>
  /**
   * By stream. Absent: the vendor's answers are a recording; then what changes at a vendor cannot be
   * tried.
   */
  streams?: Record<string, StreamSpec>
  /** With which `check` has to fail, and how. */
  badCases?: readonly BadCase[]
  webhooks?: WebhookSpec
  /** Which of several ways to authenticate; absent: the first. */
  auth?: number
  /** By config field with the hint `file`. */
  files?: Record<string, FileSpec>
  /** How the vendor refuses credentials; absent: 401. */
  unauthorized?: VendorReply
  /** How the vendor asks for a pause of so many seconds; absent: 429 with `Retry-After`. */
  throttled?: (seconds: number) => VendorReply
  /** The kit's clock at the start; absent: 2026-03-18T12:00:00Z. */
  now?: string
  /** Of the project; absent: Europe/Berlin and EUR. */
  timezone?: string
  currency?: string
}
