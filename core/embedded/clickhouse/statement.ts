import { refuse } from './errors.ts'
import { tokens, type Token } from './lexer.ts'

/** Where `INSERT … SELECT … FROM input('structure')` reads the body. */
export interface InputCall {
  before: string
  structure: string
  after: string
  format: string
}

/** Rows come in the request's body: `INSERT … FORMAT x`, `INSERT … VALUES` or `… FROM input(…)`. */
export interface InsertStatement {
  kind: 'insert'
  /** Up to where `FROM INFILE` belongs. */
  head: string
  /** Set where a query reads the rows; the engine's `file()` stands in for `input()`. */
  input?: InputCall
  /** `[SETTINGS …] FORMAT x` */
  tail: string
  /** Data that stood behind the statement in the same text. */
  data: Buffer
}

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

type DeepToken = Token & { depth: number; upper: string }

const OPENING = new Set(['(', '[', '{'])
const CLOSING = new Set([')', ']', '}'])

function* deepTokens(text: string): Generator<DeepToken> {
  let depth = 0
  for (const token of tokens(text)) {
    if (CLOSING.has(token.text)) depth -= 1
    yield { ...token, depth, upper: token.kind === 'word' ? token.text.toUpperCase() : '' }
    if (OPENING.has(token.text)) depth += 1
  }
}

const decode = (text: string): string => Buffer.from(text, 'latin1').toString('utf8')

/** Where data begins behind `FORMAT x`: after blanks and at most one line break, as in ClickHouse. */
function dataStart(text: string, from: number): number {
  return from + (/^[ \t\f]*\r?\n?/.exec(text.slice(from, from + 4096))?.[0].length ?? 0)
}

/** `INSERT … SELECT … FROM input('structure') … FORMAT x`: the call, and where the format stands. */
function readInputInsert(text: string, body: Buffer): InsertStatement | undefined {
  let call: { start: number; end: number; structure: string } | undefined
  const recent: DeepToken[] = []
  for (const token of deepTokens(text)) {
    recent.push(token)
    const [name, open, literal, close] = recent.slice(-4)
    if (name?.upper === 'INPUT' && open?.text === '(' && literal && close?.text === ')') {
      call = { start: name.start, end: close.end, structure: literal.text }
    }
    if (!call || token.depth > 0 || recent.at(-2)?.upper !== 'FORMAT') continue
    const split = recent.at(-2)?.start ?? token.start
    const input = {
      before: decode(text.slice(0, call.start)),
      structure: decode(call.structure),
      after: decode(text.slice(call.end, split)),
      format: token.text,
    }
    const data = body.subarray(dataStart(text, token.end))
    return { kind: 'insert', head: '', tail: '', input, data }
  }
  return undefined
}

function readInsert(text: string, body: Buffer): InsertStatement | undefined {
  let settingsAt: number | undefined
  let previous: DeepToken | undefined
  for (const token of deepTokens(text)) {
    if (token.depth > 0) continue
    if (token.text === ';') return undefined
    if (token.upper === 'SELECT' || token.upper === 'WITH') return readInputInsert(text, body)
    if (previous?.upper === 'FROM' && token.upper === 'INFILE') {
      throw refuse(48, 'FROM INFILE is not available over HTTP')
    }
    if (token.upper === 'SETTINGS') settingsAt = token.start
    if (token.upper === 'VALUES') {
      const head = text.slice(0, settingsAt ?? token.start)
      const settings = settingsAt === undefined ? '' : text.slice(settingsAt, token.start)
      const data = body.subarray(token.end)
      return { kind: 'insert', head: decode(head), tail: `${decode(settings)} FORMAT Values`, data }
    }
    if (previous?.upper === 'FORMAT' && token.kind === 'word') {
      const split = settingsAt ?? previous.start
      return {
        kind: 'insert',
        head: decode(text.slice(0, split)),
        tail: decode(text.slice(split, token.end)),
        data: body.subarray(dataStart(text, token.end)),
      }
    }
    previous = token
  }
  return undefined
}

interface Scan {
  end: number
  /** The last `FORMAT name` outside brackets. */
  format: { start: number; name: string } | undefined
  first: string
  insertsInto: boolean
}

/** One statement only; where it ends, and its output format. */
function scan(text: string): Scan {
  const seen: Scan = { end: 0, format: undefined, first: '', insertsInto: false }
  let previous: DeepToken | undefined
  let closed = false
  for (const token of deepTokens(text)) {
    if (closed) throw refuse(62, 'Syntax error (Multi-statements are not allowed)')
    if (token.text === ';') {
      closed = true
      continue
    }
    seen.first ||= token.upper || token.text
    readClause(seen, previous, token)
    seen.end = token.end
    previous = token
  }
  return seen
}

function readClause(seen: Scan, previous: DeepToken | undefined, token: DeepToken): void {
  if (previous?.upper === 'INTO' && token.upper === 'OUTFILE') {
    throw refuse(406, 'INTO OUTFILE is not allowed')
  }
  if (previous?.upper === 'FROM' && token.upper === 'INFILE') {
    throw refuse(48, 'FROM INFILE is not available over HTTP')
  }
  if (token.depth > 0) return
  if (previous?.upper === 'INSERT' && token.upper === 'INTO') seen.insertsInto = true
  if (previous?.upper === 'FORMAT' && token.kind === 'word') {
    seen.format = { start: previous.start, name: token.text }
  }
}

const SELECTS = new Set(['SELECT', 'WITH', 'FROM', '('])

/**
 * Understands just enough of a statement to stream its rows and to refuse a second one.
 *
 * TRICKY: the text is read as Latin-1, in which positions are bytes, because the body may go on
 * with data in any encoding; the pieces are decoded as UTF-8 afterwards.
 */
export function parseStatement(body: Buffer): Statement {
  const text = body.toString('latin1')
  const first = tokens(text).next().value
  if (first?.text.toUpperCase() === 'INSERT') {
    const insert = readInsert(text, body)
    if (insert) return insert
  }
  const { end, format, first: verb, insertsInto } = scan(text)
  if (end === 0) throw refuse(62, 'Syntax error: empty query')
  const sql = decode(text.slice(0, end))
  if (verb === 'KILL') return { kind: 'kill', sql }
  if (!SELECTS.has(verb) || insertsInto) return { kind: 'other', sql, format: format?.name }
  const split = format?.start ?? end
  return {
    kind: 'select',
    head: decode(text.slice(0, split)),
    tail: decode(text.slice(split, end)),
    format: format?.name,
  }
}

/**
 * The engine numbers its queries itself; the client's id travels as the setting `log_comment`.
 * TRICKY: `SYNC` never returns from this engine, `ASYNC` takes effect within milliseconds.
 */
export function rewriteKill(sql: string): string {
  let rewritten = ''
  let at = 0
  for (const token of tokens(sql)) {
    const replacement = { QUERY_ID: "Settings['log_comment']", SYNC: 'ASYNC' }[
      token.kind === 'literal' && token.text.startsWith('`')
        ? token.text.slice(1, -1).toUpperCase()
        : token.text.toUpperCase()
    ]
    if (replacement === undefined) continue
    rewritten += sql.slice(at, token.start) + replacement
    at = token.end
  }
  return rewritten + sql.slice(at)
}
