/** ClickHouse's TabSeparated text: one value per tab, one row per line feed. */

const ESCAPES: Record<string, string> = {
  '\\': '\\\\',
  '\t': '\\t',
  '\n': '\\n',
  '\r': '\\r',
}
const QUOTED_ESCAPES: Record<string, string> = { ...ESCAPES, "'": "\\'" }

/** The null of TabSeparated; a text that reads so comes out as `\\N`. */
export const TSV_NULL = '\\N'

const SPECIAL = /[\\\t\n\r]/
const SPECIALS = /[\\\t\n\r]/g
const QUOTED_SPECIALS = /[\\\t\n\r']/g

/** A text as one TabSeparated value. */
export const tsvText = (text: string): string =>
  SPECIAL.test(text) ? text.replace(SPECIALS, (char) => ESCAPES[char] ?? char) : text

/** A text inside an array or map: quoted, and not escaped a second time. */
export const tsvQuoted = (text: string): string =>
  `'${text.replace(QUOTED_SPECIALS, (char) => QUOTED_ESCAPES[char] ?? char)}'`

/** An array of ready elements. */
export const tsvArray = (elements: string[]): string => `[${elements.join(',')}]`
