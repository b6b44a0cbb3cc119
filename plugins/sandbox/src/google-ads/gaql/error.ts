/** A query that Google would refuse, with the code of `QueryErrorEnum.QueryError`. */
export class GaqlError extends Error {
  readonly code: string
  readonly kind: string

  constructor(code: string, message: string, kind = 'queryError') {
    super(message)
    this.code = code
    this.kind = kind
  }
}

/** Something that Google has and this double does not play: never to be taken for a refusal. */
export class NotPlayed extends Error {}
