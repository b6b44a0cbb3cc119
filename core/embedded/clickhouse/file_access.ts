import { refuse } from './errors.ts'
import type { Token } from './lexer.ts'

/** `INTO OUTFILE` and `FROM INFILE` are this front's own means; over HTTP they are not allowed. */
export function refuseFiles(previous: Token | undefined, token: Token): void {
  const pair = `${previous?.keyword} ${token.keyword}`
  if (pair === 'INTO OUTFILE') throw refuse(406, 'INTO OUTFILE is not allowed')
  if (pair === 'FROM INFILE') throw refuse(48, 'FROM INFILE is not available over HTTP')
}
