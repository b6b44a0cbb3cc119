import type { WireColumn } from '../src/index.ts'

/** A reader of ClickHouse's TabSeparated text, written from its description and not from the encoder. */
type Value = string | null | string[] | Record<string, string>

const UNESCAPED: Record<string, string> = { t: '\t', n: '\n', r: '\r', '\\': '\\', "'": "'" }

function unescape(text: string): string {
  let result = ''
  for (let at = 0; at < text.length; at++) {
    const char = text[at] ?? ''
    if (char !== '\\') {
      result += char
      continue
    }
    const plain = UNESCAPED[text[++at] ?? '']
    if (plain === undefined) throw new Error(`Unknown escape in ${text}`)
    result += plain
  }
  return result
}

/** Elements of `[…]` or `{…}`: quoted texts or bare numbers between separators. */
function elements(text: string): string[] {
  const body = text.slice(1, -1)
  const tokens = body.match(/'(?:[^'\\]|\\.)*'|[^,:]+/gsu) ?? []
  return tokens.map((token) => (token.startsWith("'") ? unescape(token.slice(1, -1)) : token))
}

function valueOf(text: string, type: string): Value {
  if (type.startsWith('Array')) return elements(text)
  if (type.startsWith('Map')) {
    const flat = elements(text)
    const pairs = flat.flatMap((key, index) => (index % 2 === 0 ? [[key, flat[index + 1]]] : []))
    return Object.fromEntries(pairs) as Record<string, string>
  }
  if (type.startsWith('Nullable') && text === '\\N') return null
  if (type !== 'String' && !type.includes('Date') && !/^-?\d+(\.\d+)?$/.test(text)) {
    throw new Error(`${text} is no ${type}`)
  }
  return unescape(text)
}

/** Values of one line, in the order of its columns. */
export function parseLine(line: string, columns: readonly WireColumn[]): Value[] {
  if (!line.endsWith('\n')) throw new Error('A line ends with a line feed')
  const cells = line.slice(0, -1).split('\t')
  if (line.slice(0, -1).includes('\n')) throw new Error('A line feed inside a line')
  if (cells.length !== columns.length) throw new Error(`${cells.length} values: ${line}`)
  return columns.map(({ type }, index) => valueOf(cells[index] ?? '', type))
}
