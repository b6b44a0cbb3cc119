import type { Kind } from './canonical/index.ts'
import type { Json } from './http.ts'

/** A row that was set aside, with the reason for the user. */
export interface RejectedRow {
  /** Line of a file, the header being line 1; absent where there are no lines. */
  line?: number
  /** The field at fault: canonical where there is one, else the vendor's; `line` for the whole row. */
  field: string
  message: string
  /** The row as it came, as text. */
  raw: string
}

/**
 * Rows and the position after them are one value: the core stores the rows, then the position. A
 * crash between the two re-reads one page, and `key` absorbs it.
 */
export interface Page<R> {
  rows: R[]
  /** Where the next page starts; `null` after the last one. Survives `JSON.parse(JSON.stringify())`. */
  next: Json
  /** Keys of rows that the vendor has deleted. */
  deleted?: (string | number)[][]
  /** Rows that could not even be read as `row`. */
  rejected?: RejectedRow[]
  /** How many rows there are in all, possibly estimated; feeds the progress bar. */
  total?: number
  /**
   * The vendor has rows from before this time, ISO 8601, and does not show them: who bought before it
   * looks new. On any page of a read from the start; entity streams only.
   */
  historyFrom?: string
}

/** Ready lines of one kind, see `wire`. */
export interface BulkLines {
  kind: Kind
  /**
   * Columns of the lines, in wire order, starting with those of the record; those left out are empty
   * in every line. Absent: all of them.
   */
  columns?: readonly string[]
  /** Whole TabSeparated lines, each with its line feed. */
  bytes: Uint8Array
  /** Number of lines in `bytes`. */
  rows: number
}

/**
 * A page of validated, encoded lines, for sources that would spend their time building objects.
 * `read` = lines in `bulk` + `skipped` + `rejected`, always.
 */
export interface BulkPage {
  bulk: BulkLines[]
  /** Rows read for this page. */
  read: number
  /** Rows left out on the user's own rules. */
  skipped: number
  rejected: (RejectedRow & { line: number })[]
  next: Json
  /** How many rows there are in all, possibly estimated; feeds the progress bar. */
  total?: number
}
