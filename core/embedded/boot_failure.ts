import { dataDir } from '#shared/paths'
import { SettingsError } from '#shared/settings_error'
import { unusableDirectory } from './directory.ts'
import { EmbeddedError } from './errors.ts'

const codeOf = (error: unknown): unknown =>
  error instanceof Error && 'code' in error ? error.code : undefined

const UNUSABLE = new Set(['EACCES', 'EPERM', 'EROFS', 'ENOTDIR', 'ENOSPC', 'EDQUOT'])

/** A file of the data directory that could not be read or written. */
function explainDirectory(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('path' in error) || typeof error.path !== 'string')
    return undefined
  const directory = dataDir()
  if (!error.path.startsWith(directory) || !UNUSABLE.has(String(codeOf(error)))) return undefined
  return unusableDirectory(directory, error).message
}

function explainListening(error: unknown): string | undefined {
  const { HOST, PORT } = process.env
  switch (codeOf(error)) {
    case 'EADDRINUSE':
      return `The port is taken: something else listens on ${HOST}:${PORT}; choose another with PORT=…`
    case 'EADDRNOTAVAIL':
      return `There is no address ${HOST} on this machine; choose another with HOST=…`
    case 'EACCES':
      return `The port ${PORT} is reserved for administrators; choose another with PORT=…`
    default:
      return undefined
  }
}

/** What to tell the person who started the application, in one line; nothing for a real defect. */
export function explainBootFailure(error: unknown): string | undefined {
  if (error instanceof EmbeddedError || error instanceof SettingsError) return error.message
  const isListening = error instanceof Error && 'syscall' in error && error.syscall === 'listen'
  return isListening ? explainListening(error) : explainDirectory(error)
}
