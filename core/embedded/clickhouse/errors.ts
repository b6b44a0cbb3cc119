/** ClickHouse's error codes that this front raises itself. */
const NAMES = {
  48: 'NOT_IMPLEMENTED',
  62: 'SYNTAX_ERROR',
  115: 'UNKNOWN_SETTING',
  216: 'QUERY_WITH_SAME_ID_IS_ALREADY_RUNNING',
  236: 'ABORTED',
  308: 'QUERY_IS_TOO_LARGE',
  406: 'INTO_OUTFILE_NOT_ALLOWED',
  516: 'AUTHENTICATION_FAILED',
  1002: 'UNKNOWN_EXCEPTION',
} as const

/** The HTTP status by error code as a server answers; every other code is a 500. */
const STATUS = new Map<number, number>([
  ...[194].map((code) => [code, 401] as const),
  ...[192, 193, 497, 512, 516].map((code) => [code, 403] as const),
  ...[
    6, 8, 10, 15, 25, 26, 27, 36, 38, 41, 43, 44, 53, 62, 72, 117, 166, 167, 168, 321, 376, 427,
    441, 675, 676,
  ].map((code) => [code, 400] as const),
  ...[46, 47, 50, 56, 60, 63, 73, 78, 81, 111, 115, 152, 511].map((code) => [code, 404] as const),
  [308, 413],
  [48, 501],
  [76, 503],
  [209, 503],
  [439, 503],
  [381, 411],
  [159, 408],
])

/** An error in ClickHouse's own terms: what a server would put into the body and the headers. */
export class EngineError extends Error {
  readonly code: number
  readonly status: number

  constructor(code: number, message: string) {
    super(message)
    this.name = 'EngineError'
    this.code = code
    this.status = STATUS.get(code) ?? 500
  }
}

/** An error raised by this front, worded as the server words its own. */
export function refuse(code: keyof typeof NAMES, detail: string): EngineError {
  return new EngineError(code, `Code: ${code}. DB::Exception: ${detail}. (${NAMES[code]})`)
}

/**
 * The engine's message as a server would word it: it wraps errors of an inserted file once more and
 * names the pipe that stands for the request's body.
 */
function clean(message: string): string {
  return message
    .replace(/^(?:Code: \d+\. DB::Exception: )+(?=Code: \d+\. DB::Exception: )/, '')
    .replace(/: \(in file\/uri [^)]*\)/g, '')
    .replaceAll(': data for INSERT was parsed from file', '')
    .replaceAll(/ \(version [\d.]+\)\. \([A-Z_]+\)/g, '')
    .trim()
}

/** Any thrown value as an EngineError. */
export function toEngineError(error: unknown): EngineError {
  if (error instanceof EngineError) return error
  const message = error instanceof Error ? error.message : String(error)
  const code = /Code: (\d+)\. DB::Exception/.exec(message)?.[1]
  return code ? new EngineError(Number(code), clean(message)) : refuse(1002, message)
}
