const DELIMITERS = [',', ';', '\t', '|'] as const
export type Delimiter = (typeof DELIMITERS)[number]

/** The character that splits the first line into most parts, quoted text left aside. */
export function guessDelimiter(text: string): Delimiter {
  const line = text.slice(0, text.search(/\r?\n|$/)).replace(/"[^"]*"/g, '')
  const parts = (delimiter: Delimiter): number => line.split(delimiter).length
  return DELIMITERS.reduce((best, next) => (parts(next) > parts(best) ? next : best))
}

/** Collects cells into rows; empty lines are no rows. */
class Rows {
  readonly all: string[][] = []
  #row: string[] = []
  cell = ''

  endCell(): void {
    this.#row.push(this.cell)
    this.cell = ''
  }

  endRow(): void {
    this.endCell()
    if (this.#row.length > 1 || this.#row[0] !== '') this.all.push(this.#row)
    this.#row = []
  }

  /** What is left at the end of the file. */
  finish(): void {
    if (this.cell !== '' || this.#row.length > 0) this.endRow()
  }
}

const QUOTED = /"([^"]*(?:""[^"]*)*)"?/y

/** Reads a quoted cell at `index`; answers where it ends. */
function readQuoted(text: string, index: number, rows: Rows): number {
  QUOTED.lastIndex = index
  const [whole = '"', content = ''] = QUOTED.exec(text) ?? []
  rows.cell = content.replaceAll('""', '"')
  return index + whole.length
}

/** Takes one character outside quotes. */
function readPlain(character: string, delimiter: Delimiter, rows: Rows): void {
  if (character === delimiter) rows.endCell()
  else if (character === '\n') rows.endRow()
  else if (character !== '\r') rows.cell += character
}

/**
 * Rows of the beginning of a file. Quotes may hold delimiters, line ends and doubled quotes.
 * `complete` tells whether the text ends where the file does; else the last row may be cut off.
 */
export function parseRows(text: string, delimiter: Delimiter, complete: boolean): string[][] {
  const rows = new Rows()
  let index = 0
  while (index < text.length) {
    const character = text.charAt(index)
    if (character === '"' && rows.cell === '') index = readQuoted(text, index, rows)
    else {
      readPlain(character, delimiter, rows)
      index += 1
    }
  }
  if (complete) rows.finish()
  return rows.all
}
