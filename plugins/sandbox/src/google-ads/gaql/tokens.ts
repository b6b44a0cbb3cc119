import { GaqlError } from './error.ts'

export interface Token {
  kind: 'word' | 'string' | 'number' | 'sign'
  text: string
}

const PATTERNS: [Token['kind'], RegExp][] = [
  ['word', /[A-Za-z_][\w.]*/y],
  ['number', /-?\d+(\.\d+)?/y],
  ['string', /'[^'\n]*'|"[^"\n]*"/y],
  ['sign', /!=|>=|<=|[=<>(),]/y],
]

function next(query: string, at: number): Token | undefined {
  for (const [kind, pattern] of PATTERNS) {
    pattern.lastIndex = at
    const text = pattern.exec(query)?.[0]
    if (text !== undefined) return { kind, text }
  }
  return undefined
}

function fault(query: string, at: number): GaqlError {
  const character = query.charAt(at)
  if (`'"`.includes(character)) {
    return new GaqlError('STRING_NOT_TERMINATED', 'Query contains an unterminated string.')
  }
  return new GaqlError('BAD_SYMBOL', `Error in query: unexpected input ${character}.`)
}

/** The words of a query. */
export function tokensOf(query: string): Token[] {
  const tokens: Token[] = []
  let at = 0
  while (at < query.length) {
    if (/\s/.test(query.charAt(at))) {
      at += 1
      continue
    }
    const token = next(query, at)
    if (token === undefined) throw fault(query, at)
    at += token.text.length
    tokens.push(token.kind === 'string' ? { ...token, text: token.text.slice(1, -1) } : token)
  }
  return tokens
}
