/**
 * @analyticaflow/sdk: the interface between a source connector and AnalyticaFlow.
 *
 * @packageDocumentation
 */
export { z } from 'zod'

export {
  apiKey,
  noAuth,
  oauth2,
  serviceAccount,
  webhookUrl,
  type Auth,
  type Place,
} from './auth.ts'
export { cleanCampaignName } from './campaign_name.ts'
export * from './canonical/index.ts'
export {
  configForm,
  field,
  fileFields,
  hostFields,
  secretFields,
  type ConfigForm,
  type FieldHints,
} from './config.ts'
export type { Context, FileHandle } from './context.ts'
export {
  RowRejected,
  SourceError,
  sourceErrorCodes,
  type SourceErrorCode,
  type SourceErrorDetail,
} from './errors.ts'
export type {
  Answer,
  Batch,
  BatchOptions,
  BodyOptions,
  Host,
  Http,
  ItemOptions,
  Json,
  Method,
  Observed,
  Query,
  RateLimit,
  RequestOptions,
  VendorAnswer,
} from './http.ts'
export {
  Currency,
  decimal,
  Decimal,
  factorDigits,
  Money,
  money,
  moneyOfMicros,
  moneyOfUnits,
  Quantity,
} from './money.ts'
export {
  afterCursor,
  byFunction,
  byLinkHeader,
  byNextUrl,
  byOffset,
  byPage,
  type Paginator,
} from './paginators.ts'
export type { BulkLines, BulkPage, Page, RejectedRow } from './pages.ts'
export {
  defineSource,
  type Compliance,
  type HmacSignature,
  type Option,
  type PersonNames,
  type SourceDefinition,
  type Topic,
  type WebhookRequest,
  type Webhooks,
} from './source.ts'
export {
  entityStream,
  kindsOf,
  reportStream,
  snapshotStream,
  type BulkSnapshotStream,
  type EntityStream,
  type Mapped,
  type ReportStream,
  type Since,
  type SnapshotStream,
  type Stream,
  type Tagged,
  type Window,
} from './streams.ts'
export { sunsetOf, type Sunset } from './sunset.ts'
export { Day, Instant } from './time.ts'
export {
  encode,
  recordColumns,
  recordKey,
  wire,
  type RecordRef,
  type WireColumn,
  type WireKind,
} from './wire.ts'
export type { WireType } from './columns.ts'
