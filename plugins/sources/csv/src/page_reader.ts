import { isUtf8 } from 'node:buffer'
import { SourceError, type BulkLines, type BulkPage } from '@analyticaflow/sdk'
import { CR, LF, TAB } from './bytes.ts'
import { cellText, quoteCell } from './cells/cell_writer.ts'
import { Output } from './output.ts'
import type { LinePlan, Plan, Step } from './plan.ts'
import { INCOMPLETE, RecordScanner } from './record_scanner.ts'

/** When a page is full: at this many rows, or bytes of one kind, or bytes set aside. */
export interface PageLimits {
  rows: number
  bytes: number
  rejectedBytes: number
}

const PAGE: PageLimits = { rows: 20_000, bytes: 4 * 1024 * 1024, rejectedBytes: 1024 * 1024 }

/** No record is longer; a quote that nobody closes would otherwise swallow the file. */
export const MAX_RECORD = 1024 * 1024

/** Where reading stands: the first record not read, by line and by byte of the decoded text. */
export interface Position {
  line: number
  offset: number
}

/** Lines of one kind, being written. */
class Lines {
  readonly #plan: LinePlan
  readonly out = new Output()
  rows = 0
  /** Where the record being written starts. */
  start = 0

  constructor(plan: LinePlan) {
    this.#plan = plan
  }

  /** Forgets the record being written. */
  undo(): void {
    this.out.length = this.start
  }

  take(): BulkLines[] {
    if (this.rows === 0) return []
    const { kind, columns } = this.#plan
    const taken = { kind, columns, bytes: this.out.take(), rows: this.rows }
    this.rows = 0
    return [taken]
  }
}

/** What became of a record. */
type Outcome = 'row' | 'refund' | 'skip' | 'reject' | 'blank' | 'incomplete'

/**
 * Turns pieces of a file into pages: `feed` a piece, then `take` pages while `fill` says that one is
 * full. The pages depend on the file alone, not on how it is cut into pieces.
 */
export class PageReader {
  readonly #plan: Plan
  readonly #limits: PageLimits
  readonly #scanner: RecordScanner
  readonly #rows: Lines
  readonly #refunds: Lines
  /** The bytes at hand: the second half is the scanner's scratch. */
  #data = Buffer.alloc(0)
  #end = 0
  /** The first record not read: here, in the decoded text, and its line. */
  #at = 0
  #base: number
  #line: number
  /** Up to where the bytes at hand were checked, and up to where they may not be UTF-8. */
  #checked = 0
  #suspect = 0
  #next = 0
  #problem = { field: '', message: '' }
  #read = 0
  #skipped = 0
  #rejected: BulkPage['rejected'] = []
  #rejectedBytes = 0

  constructor(plan: Plan, from: Position, limits: PageLimits = PAGE) {
    this.#plan = plan
    this.#limits = limits
    this.#base = from.offset
    this.#line = from.line
    this.#rows = new Lines(plan.row)
    this.#refunds = plan.refund?.kind === plan.row.kind ? this.#rows : newRefunds(plan)
    const { delimiter, columns } = plan.header
    this.#scanner = new RecordScanner(delimiter, columns.length, this.#rows.out)
  }

  get position(): Position {
    return { line: this.#line, offset: this.#base + this.#at }
  }

  /** Takes the bytes that follow. */
  feed(piece: Uint8Array): void {
    this.#refuseLong(this.#end - this.#at)
    this.#moveRest(piece.length)
    this.#data.set(piece, this.#end)
    this.#end += piece.length
    this.#check(this.#data.subarray(0, this.#end).lastIndexOf(LF) + 1)
    this.#scanner.data = this.#data
    this.#scanner.end = this.#end
  }

  /** Says that no bytes follow. */
  finish(): void {
    this.#check(this.#end)
    this.#scanner.complete = true
  }

  /** Reads records until the page is full (true) or the bytes at hand are used up (false). */
  fill(): boolean {
    while (!this.#isFull()) {
      if (this.#at >= this.#end) return false
      const outcome = this.#record()
      if (outcome === 'incomplete') {
        this.#rows.undo()
        return this.#refuseUnclosed()
      }
      this.#settle(outcome)
    }
    return true
  }

  /** The page so far; starts the next one. */
  take(): Omit<BulkPage, 'next'> {
    const refunds = this.#refunds === this.#rows ? [] : this.#refunds.take()
    const page = {
      bulk: [...this.#rows.take(), ...refunds],
      read: this.#read,
      skipped: this.#skipped,
      rejected: this.#rejected,
    }
    this.#read = 0
    this.#skipped = 0
    this.#rejected = []
    this.#rejectedBytes = 0
    return page
  }

  #isFull(): boolean {
    const { rows, bytes, rejectedBytes } = this.#limits
    return (
      this.#read >= rows ||
      this.#rows.out.length >= bytes ||
      this.#refunds.out.length >= bytes ||
      this.#rejectedBytes >= rejectedBytes
    )
  }

  /** Moves the unread bytes to the front and makes room for as many more. */
  #moveRest(more: number): void {
    const rest = this.#data.subarray(this.#at, this.#end)
    const room = (rest.length + more) * 2
    if (room > this.#data.length) {
      const larger = Buffer.allocUnsafe(room * 2)
      larger.set(rest)
      this.#data = larger
    } else this.#data.copyWithin(0, this.#at, this.#end)
    this.#base += this.#at
    this.#checked -= this.#at
    this.#suspect -= this.#at
    this.#end = rest.length
    this.#at = 0
  }

  #check(end: number): void {
    const start = Math.max(0, this.#checked)
    if (end <= start) return
    if (!isUtf8(this.#data.subarray(start, end))) this.#suspect = end
    this.#checked = end
  }

  #refuseLong(length: number): void {
    if (length <= MAX_RECORD) return
    const message = `The record at line ${this.#line} is longer than 1 MiB. Is a quote not closed?`
    throw new SourceError('file_invalid', message, { line: this.#line })
  }

  #refuseUnclosed(): false {
    if (!this.#scanner.complete) return false
    const message = `A quote is opened in the record at line ${this.#line} and never closed.`
    throw new SourceError('file_invalid', message, { line: this.#line })
  }

  /** Writes one record, again with more room where it did not fit. */
  #record(): Outcome {
    for (;;) {
      this.#rows.start = this.#rows.out.length
      this.#refunds.start = this.#refunds.out.length
      const outcome = this.#write()
      if (!this.#rows.out.overflowed && !this.#refunds.out.overflowed) return outcome
      for (const { out, start } of [this.#rows, this.#refunds]) if (out.overflowed) out.grow(start)
      this.#rows.undo()
      this.#refunds.undo()
    }
  }

  #write(): Outcome {
    const scanner = this.#scanner
    const { out } = this.#rows
    scanner.line = this.#line
    out.integer(this.#line)
    out.bytes[out.length++] = TAB
    this.#next = scanner.scan(this.#at)
    if (this.#next === INCOMPLETE) return 'incomplete'
    if (scanner.blank) return 'blank'
    if (!this.#isSound()) return 'reject'
    const verdict = this.#plan.rules.verdict(scanner)
    if (verdict === 'skip') return 'skip'
    return this.#writeLine(verdict) ? verdict : 'reject'
  }

  #writeLine(verdict: 'row' | 'refund'): boolean {
    const { row, refund } = this.#plan
    if (verdict === 'row' || refund === undefined) return this.#steps(row, this.#rows.out)
    const { out } = this.#refunds
    if (this.#refunds !== this.#rows) {
      out.copy(this.#rows.out.bytes, this.#rows.start, this.#rows.out.length)
      this.#rows.undo()
    }
    return this.#steps(refund, out)
  }

  #steps({ steps }: LinePlan, out: Output): boolean {
    for (const step of steps) {
      if (!step.writer.write(this.#scanner, out)) return this.#refuse(step)
    }
    return true
  }

  #refuse({ field, cell, writer }: Step): false {
    const text = cellText(this.#scanner, cell)
    const column = this.#plan.header.columns[cell] ?? ''
    const problem = writer.problem(text)
    const message = text === '' ? `${column} ${problem}` : `${column} ${quoteCell(text)} ${problem}`
    this.#problem = { field, message }
    return false
  }

  /** Whether the record is one at all, before any of its cells is looked at. */
  #isSound(): boolean {
    const { count, malformed } = this.#scanner
    const expected = this.#plan.header.columns.length
    if (count === expected && !malformed && this.#at >= this.#suspect) return true
    this.#problem = { field: 'line', message: this.#lineProblem(count, expected, malformed) }
    return this.#problem.message === ''
  }

  #lineProblem(count: number, expected: number, malformed: boolean): string {
    if (malformed) return 'A quoted cell goes on after its closing quote'
    if (count !== expected) return `The line has ${count} cells, the header ${expected}`
    const isText = isUtf8(this.#data.subarray(this.#at, this.#next))
    return isText ? '' : 'The line is not UTF-8'
  }

  /** Counts the record and goes on to the next. */
  #settle(outcome: Exclude<Outcome, 'incomplete'>): void {
    this.#refuseLong(this.#next - this.#at)
    if (outcome === 'row') this.#rows.rows++
    else if (outcome === 'refund') this.#refunds.rows++
    else this.#rows.undo()
    if (outcome === 'skip') this.#skipped++
    if (outcome === 'reject') this.#reject()
    if (outcome !== 'blank') this.#read++
    this.#line += this.#scanner.lines
    this.#at = this.#next
  }

  #reject(): void {
    this.#refunds.undo()
    let end = this.#next
    if (this.#data[end - 1] === LF) end--
    if (this.#data[end - 1] === CR) end--
    const raw = this.#data.toString('utf8', this.#at, end)
    this.#rejected.push({ line: this.#line, ...this.#problem, raw })
    this.#rejectedBytes += raw.length
  }
}

/** Refunds of a kind of their own, or a place that stays empty where there are none. */
const newRefunds = ({ row, refund }: Plan): Lines => new Lines(refund ?? row)
