const DELIMITERS = [',', ';', '\t', '|'] as const
export type Delimiter = (typeof DELIMITERS)[number]

/** The character that splits the first line into most parts, quoted text left aside. */
export function guessDelimiter(text: string): Delimiter {
  const line = text.slice(0, text.search(/\r?\n|$/)).replace(/"[^"]*"/g, '')
  const parts = (delimiter: Delimiter): number => line.split(delimiter).length
  return DELIMITERS.reduce((best, next) => (parts(next) > parts(best) ? next : best))
}

/**
 * Rows of the beginning of a file. Quotes may hold delimiters, line ends and doubled quotes.
 * `complete` tells whether the text ends where the file does; else the last row may be cut off.
 */
export function parseRows(text: string, delimiter: Delimiter, complete: boolean): string[][] {
  const rows: string[][] = []
  let row: string[] = []
  let cell = ''
  let quoted = false
  const endCell = (): void => {
    row.push(cell)
    cell = ''
  }
  const endRow = (): void => {
    endCell()
    if (row.length > 1 || row[0] !== '') rows.push(row)
    row = []
  }
  for (let index = 0; index < text.length; index += 1) {
    const character = text[index] ?? ''
    if (quoted) {
      if (character !== '"') cell += character
      else if (text[index + 1] === '"') {
        cell += '"'
        index += 1
      } else quoted = false
    } else if (character === '"' && cell === '') quoted = true
    else if (character === delimiter) endCell()
    else if (character === '\n') endRow()
    else if (character !== '\r') cell += character
  }
  if (complete && (cell !== '' || row.length > 0)) endRow()
  return rows
}
