/** A token of ClickHouse's SQL with its place in the text. Comments and spaces are left out. */
export interface Token {
  kind: 'word' | 'literal' | 'symbol'
  text: string
  /** A word in capitals, for comparing with keywords; empty for what is no word. */
  keyword: string
  start: number
  end: number
  /** How many brackets are open around it. */
  depth: number
}

const SKIPPED = /(?:\s+|--[^\n]*|#[ !][^\n]*|\/\*[\s\S]*?(?:\*\/|$))+/y
// An unclosed quote becomes a lone symbol; the engine then names the syntax error.
const KINDS = [
  ['word', /[A-Za-z_]\w*/y],
  // Strings, quoted names, heredocs, numbers: nothing inside them is syntax.
  [
    'literal',
    /'(?:[^'\\]+|\\[\s\S]|'')*'|"(?:[^"\\]+|\\[\s\S]|"")*"|`(?:[^`\\]+|\\[\s\S]|``)*`|\$(\w*)\$[\s\S]*?\$\1\$|\d[\w.]*/y,
  ],
  ['symbol', /[\s\S]/y],
] as const

const OPENING = new Set(['(', '[', '{'])
const CLOSING = new Set([')', ']', '}'])

function matchAt(pattern: RegExp, text: string, at: number): string | undefined {
  pattern.lastIndex = at
  return pattern.exec(text)?.[0]
}

function readToken(text: string, start: number, depth: number): Token {
  for (const [kind, pattern] of KINDS) {
    const found = matchAt(pattern, text, start)
    if (found === undefined) continue
    const keyword = kind === 'word' ? found.toUpperCase() : ''
    return { kind, text: found, keyword, start, end: start + found.length, depth }
  }
  throw new Error('every character is at least a symbol')
}

/** Splits SQL into tokens, lazily, so that data behind an INSERT is never read. */
export function* tokens(text: string): Generator<Token> {
  let at = 0
  let depth = 0
  for (;;) {
    at += matchAt(SKIPPED, text, at)?.length ?? 0
    if (at >= text.length) return
    const token = readToken(text, at, depth)
    if (CLOSING.has(token.text)) token.depth = depth -= 1
    yield token
    if (OPENING.has(token.text)) depth += 1
    at = token.end
  }
}
