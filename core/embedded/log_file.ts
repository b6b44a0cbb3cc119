import { openSync, readFileSync, renameSync, statSync } from 'node:fs'

const KEEP_BELOW = 10 * 1024 * 1024

/** Opens a database's log for appending; a large one is set aside first, and one such is kept. */
export function openLog(file: string): number {
  if ((statSync(file, { throwIfNoEntry: false })?.size ?? 0) > KEEP_BELOW)
    renameSync(file, `${file}.1`)
  return openSync(file, 'a', 0o600)
}

/** The end of a log, for the message about why a database did not start. */
export function logTail(file: string): string {
  try {
    return readFileSync(file, 'utf8').trimEnd().slice(-800)
  } catch {
    return ''
  }
}
