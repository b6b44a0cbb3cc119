import type { z } from 'zod'
import type { Http, Json } from './http.ts'

/** An uploaded file. It may be opened any number of times. */
export interface FileHandle {
  /** The name it was uploaded under: for messages only, a file is judged by its content. */
  name: string
  /** Size in bytes, as stored. */
  size: number
  /** The bytes from `from` (default 0) on; leaving the loop closes the file. */
  open(options?: { from?: number }): AsyncIterable<Uint8Array>
}

/** Everything a source may touch: the only door to the outside. */
export interface Context<C extends z.ZodType = z.ZodObject> {
  /** The settings, parsed by `config`; secrets that the core uses itself are not among them. */
  config: z.output<C>
  http: Http
  /** Aborts when the run is cancelled or its worker shuts down. */
  signal: AbortSignal
  /** The clock; never `Date.now()`, so that tests can turn it. */
  now: () => Date
  /** One line of the run's log, shown to the user; declared secrets are redacted. */
  log: (message: string, data?: Record<string, Json>) => void
  /** The file that a config field with the hint `file` refers to. @throws SourceError `file_invalid` if it is gone */
  file: (field: keyof z.output<C> & string) => FileHandle
  /** IANA time zone of the project. */
  timezone: string
  /** ISO 4217 code of the project's currency. */
  currency: string
}
