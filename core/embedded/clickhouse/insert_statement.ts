import { refuseFiles } from './file_access.ts'
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

interface Span {
  start: number
  end: number
}

/** The parts of an INSERT by their places, up to where its data begin. */
interface Outline {
  settings: Token | undefined
  isQuery: boolean
  input: (Span & { structure: string }) | undefined
  /** `VALUES`, or `FORMAT` with its name. */
  data: (Span & { format: string }) | undefined
}

const piece = (text: string, from: number, to: number): string =>
  Buffer.from(text.slice(from, to), 'latin1').toString('utf8')

/** `input('structure')` ends with this token. */
function readInputCall([name, open, structure, close]: (Token | undefined)[]): Outline['input'] {
  if (name?.keyword !== 'INPUT' || open?.text !== '(' || close?.text !== ')') return undefined
  return structure && { start: name.start, end: close.end, structure: structure.text }
}

/** `VALUES` or `FORMAT x` ends with this token, and data follow. */
function readDataMark(seen: Outline, previous: Token | undefined, token: Token): Outline['data'] {
  if (seen.isQuery && !seen.input) return undefined
  if (token.keyword === 'VALUES' && !seen.isQuery) {
    return { start: token.start, end: token.end, format: 'Values' }
  }
  if (previous?.keyword !== 'FORMAT' || token.kind !== 'word') return undefined
  return { start: previous.start, end: token.end, format: token.text }
}

function readOuter(seen: Outline, previous: Token | undefined, token: Token): void {
  refuseFiles(previous, token)
  if (token.keyword === 'SELECT' || token.keyword === 'WITH') seen.isQuery = true
  if (token.keyword === 'SETTINGS') seen.settings = token
  seen.data = readDataMark(seen, previous, token)
}

function outline(text: string): Outline {
  const seen: Outline = { settings: undefined, isQuery: false, input: undefined, data: undefined }
  let recent: (Token | undefined)[] = []
  for (const token of tokens(text)) {
    const previous = recent.at(-1)
    recent = [...recent.slice(-3), token]
    seen.input ??= readInputCall(recent)
    if (token.depth > 0) continue
    if (token.text === ';') break
    readOuter(seen, previous, token)
    if (seen.data) break
  }
  return seen
}

/** Where data begin behind `FORMAT x`: after blanks and at most one line break, as in ClickHouse. */
function dataStart(text: string, { end, format }: Span & { format: string }): number {
  if (format === 'Values') return end
  return end + (/^[ \t\f]*\r?\n?/.exec(text.slice(end, end + 4096))?.[0].length ?? 0)
}

/** An INSERT whose rows are data and not a query's; `text` is the body read as Latin-1. */
export function readInsert(text: string, body: Buffer): InsertStatement | undefined {
  const { settings, isQuery, input, data } = outline(text)
  if (!data) return undefined
  const rows = body.subarray(dataStart(text, data))
  if (isQuery && input) {
    const call = {
      before: piece(text, 0, input.start),
      structure: Buffer.from(input.structure, 'latin1').toString('utf8'),
      after: piece(text, input.end, data.start),
      format: data.format,
    }
    return { kind: 'insert', head: '', tail: '', input: call, data: rows }
  }
  const split = settings?.start ?? data.start
  const tail = `${piece(text, split, data.start)} FORMAT ${data.format}`
  return { kind: 'insert', head: piece(text, 0, split), tail, data: rows }
}
