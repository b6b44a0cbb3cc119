const secretFields = [
  'authorization',
  'cookie',
  'password',
  'current_password',
  'password_hash',
  'passwordHash',
  'token',
  'access_token',
  'refresh_token',
  'accessToken',
  'refreshToken',
  'api_key',
  'apiKey',
  'secret',
  'client_secret',
  'credentials',
  'encrypted_credentials',
]

/** Pino's wildcard covers one level, so the same names are listed for three depths. */
export const redactedPaths = [
  ...secretFields,
  ...secretFields.map((field) => `*.${field}`),
  ...secretFields.map((field) => `*.*.${field}`),
  '*["set-cookie"]',
  '*.*["set-cookie"]',
]

/** `postgres://user:secret@host` and the like, wherever a library puts them into its message. */
function hideUrlPasswords(text: string): string {
  return text.replace(/(\w+:\/\/[^\s:/@]*):[^\s@/]+@/g, '$1:[redacted]@')
}

/**
 * An error as the log shows it: no request or response objects that HTTP clients hang onto theirs,
 * no PostgreSQL `detail`, which quotes the row's values.
 */
export function describeError(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { message: hideUrlPasswords(String(error)) }
  return {
    type: error.name,
    message: hideUrlPasswords(error.message),
    ...('code' in error && { code: error.code }),
    stack: error.stack && hideUrlPasswords(error.stack),
    ...(error.cause !== undefined && { cause: describeError(error.cause) }),
  }
}

interface LogSink {
  write(line: string): void
}

let sink: LogSink | undefined

/** Sends the log somewhere else than standard output; before the application boots. */
export function useLogSink(other: LogSink): void {
  sink = other
}

export const logSink = (): LogSink | undefined => sink
