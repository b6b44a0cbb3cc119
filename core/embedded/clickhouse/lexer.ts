/** A token of ClickHouse's SQL with its place in the text. Comments and spaces are left out. */
export interface Token {
  kind: 'word' | 'literal' | 'symbol'
  text: string
  start: number
  end: number
}

const SKIPPED = /(?:\s+|--[^\n]*|#[ !][^\n]*|\/\*[\s\S]*?(?:\*\/|$))+/y
const WORD = /[A-Za-z_]\w*/y
// Strings, quoted names, heredocs, numbers: nothing inside them is syntax.
const LITERAL =
  /'(?:[^'\\]+|\\[\s\S]|'')*'|"(?:[^"\\]+|\\[\s\S]|"")*"|`(?:[^`\\]+|\\[\s\S]|``)*`|\$(\w*)\$[\s\S]*?\$\1\$|\d[\w.]*/y

function matchAt(pattern: RegExp, text: string, at: number): string | undefined {
  pattern.lastIndex = at
  return pattern.exec(text)?.[0]
}

/**
 * Splits SQL into tokens, lazily, so that data behind an INSERT is never read.
 * An unclosed quote becomes a lone symbol; the engine then names the syntax error.
 */
export function* tokens(text: string): Generator<Token> {
  let at = 0
  for (;;) {
    at += matchAt(SKIPPED, text, at)?.length ?? 0
    if (at >= text.length) return
    const word = matchAt(WORD, text, at)
    const literal = word === undefined ? matchAt(LITERAL, text, at) : undefined
    const found = word ?? literal ?? text.charAt(at)
    const kind = word !== undefined ? 'word' : literal !== undefined ? 'literal' : 'symbol'
    yield { kind, text: found, start: at, end: at + found.length }
    at += found.length
  }
}
