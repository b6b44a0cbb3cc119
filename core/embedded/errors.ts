const MESSAGES = {
  directory_in_use: 'The data directory is in use',
  directory_not_writable: 'The data directory is not writable',
  database_failed: 'An embedded database did not start',
  no_databases: 'There is no database',
  port_taken: 'The port is taken',
} as const

/** Why the embedded installation cannot start: one line for the person at the terminal. */
export class EmbeddedError extends Error {
  readonly code: keyof typeof MESSAGES

  constructor(code: keyof typeof MESSAGES, detail: string) {
    super(`${MESSAGES[code]}: ${detail}`)
    this.name = 'EmbeddedError'
    this.code = code
  }
}
