import { refuse } from './errors.ts'
import { refuseFiles } from './file_access.ts'
import { readInsert, type InsertStatement } from './insert_statement.ts'
import { tokens, type Token } from './lexer.ts'

/** Rows go to the response. */
export interface SelectStatement {
  kind: 'select'
  /** Up to where `INTO OUTFILE` belongs. */
  head: string
  /** `FORMAT x [SETTINGS …]`, or nothing. */
  tail: string
  format: string | undefined
}

export interface KillStatement {
  kind: 'kill'
  sql: string
}

/** Everything else: DDL, SHOW, EXPLAIN, INSERT … SELECT. */
export interface OtherStatement {
  kind: 'other'
  sql: string
  format: string | undefined
}

export type Statement = InsertStatement | SelectStatement | KillStatement | OtherStatement

interface Scan {
  end: number
  first: string
  /** The last `FORMAT name` outside brackets. */
  format: { start: number; name: string } | undefined
  insertsInto: boolean
}

function readClause(seen: Scan, previous: Token | undefined, token: Token): void {
  refuseFiles(previous, token)
  if (token.depth > 0 || token.kind !== 'word') return
  if (previous?.keyword === 'INSERT' && token.keyword === 'INTO') seen.insertsInto = true
  if (previous?.keyword === 'FORMAT') seen.format = { start: previous.start, name: token.text }
}

/** One statement only; where it ends, and its output format. */
function scan(text: string): Scan {
  const seen: Scan = { end: 0, first: '', format: undefined, insertsInto: false }
  let previous: Token | undefined
  let closed = false
  for (const token of tokens(text)) {
    if (closed) throw refuse(62, 'Syntax error (Multi-statements are not allowed)')
    closed = token.text === ';'
    if (closed) continue
    seen.first ||= token.keyword || token.text
    readClause(seen, previous, token)
    seen.end = token.end
    previous = token
  }
  if (seen.end === 0) throw refuse(62, 'Syntax error: empty query')
  return seen
}

const SELECTS = new Set(['SELECT', 'WITH', 'FROM', '('])

function classify(seen: Scan, piece: (from: number, to: number) => string): Statement {
  const { end, first, insertsInto } = seen
  const format = seen.format?.name
  if (first === 'KILL') return { kind: 'kill', sql: piece(0, end) }
  if (!SELECTS.has(first) || insertsInto) return { kind: 'other', sql: piece(0, end), format }
  const split = seen.format?.start ?? end
  return { kind: 'select', head: piece(0, split), tail: piece(split, end), format }
}

/**
 * Understands just enough of a statement to stream its rows and to refuse a second one.
 *
 * TRICKY: the text is read as Latin-1, in which positions are bytes, because the body may go on
 * with data in any encoding; the pieces are decoded as UTF-8 afterwards.
 */
export function parseStatement(body: Buffer): Statement {
  const text = body.toString('latin1')
  const [first] = tokens(text).take(1)
  const insert = first?.keyword === 'INSERT' ? readInsert(text, body) : undefined
  if (insert) return insert

  return classify(scan(text), (from, to) => body.subarray(from, to).toString('utf8'))
}

const KILL_WORDS = new Map([
  ['QUERY_ID', "Settings['log_comment']"],
  // TRICKY: `SYNC` never returns from this engine, `ASYNC` takes effect within milliseconds.
  ['SYNC', 'ASYNC'],
])

/** The engine numbers its queries itself; the client's id travels as the setting `log_comment`. */
export function rewriteKill(sql: string): string {
  let rewritten = ''
  let at = 0
  for (const token of tokens(sql)) {
    const replacement = KILL_WORDS.get(token.text.replaceAll('`', '').toUpperCase())
    if (replacement === undefined) continue
    rewritten += sql.slice(at, token.start) + replacement
    at = token.end
  }
  return rewritten + sql.slice(at)
}
