import { readFileSync, renameSync, writeFileSync } from 'node:fs'

/** Reads a small state file; a missing or unreadable one counts as absent. */
export function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as unknown
  } catch {
    return undefined
  }
}

/** Writes it whole or not at all, readable for this user only. */
export function writeJson(file: string, value: unknown): void {
  const draft = `${file}.${process.pid}`
  writeFileSync(draft, `${JSON.stringify(value)}\n`, { mode: 0o600 })
  renameSync(draft, file)
}
