import { EmbeddedError } from './errors.ts'

const codeOf = (error: unknown): unknown =>
  error instanceof Error && 'code' in error ? error.code : undefined

/** What to tell the person who started the application, in one line; nothing for a real defect. */
export function explainBootFailure(error: unknown): string | undefined {
  if (error instanceof EmbeddedError) return error.message
  const { HOST, PORT } = process.env
  switch (codeOf(error)) {
    case 'EADDRINUSE':
      return `The port is taken: something else listens on ${HOST}:${PORT}; choose another with PORT=…`
    case 'EADDRNOTAVAIL':
      return `There is no address ${HOST} on this machine; choose another with HOST=…`
    case 'EACCES':
      return error instanceof Error && 'syscall' in error && error.syscall === 'listen'
        ? `The port ${PORT} is reserved for administrators; choose another with PORT=…`
        : undefined
    default:
      return undefined
  }
}
