import { existsSync, linkSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { z } from 'zod'
import { EmbeddedError } from './errors.ts'
import { readJson, writeJson } from './json_file.ts'
import { identify, isRunning, type ProcessIdentity } from './process.ts'

const Owner = z.object({ pid: z.number(), startedAt: z.string() })

/** Who owns the directory now, if that process still runs. */
export function currentOwner(file: string): ProcessIdentity | undefined {
  const owner = Owner.safeParse(readJson(file)).data
  return owner && isRunning(owner) ? owner : undefined
}

function tryLink(draft: string, file: string): boolean {
  try {
    linkSync(draft, file)
    return true
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false
    throw error
  }
}

/** Takes a dead owner's lock away, unless a living one has replaced it in the meantime. */
function removeStale(file: string): void {
  const aside = `${file}.stale.${process.pid}`
  try {
    renameSync(file, aside)
  } catch {
    return
  }
  if (currentOwner(aside)) tryLink(aside, file)
  rmSync(aside, { force: true })
}

/**
 * One owner per data directory. The lock appears complete (by `link`, which refuses an existing
 * name) and outlives no process: it names its owner, and a dead owner's lock is void.
 */
export function acquireLock(file: string, directory: string): () => void {
  const self = identify(process.pid)
  if (!self) throw new Error('this process cannot identify itself')
  const draft = `${file}.${process.pid}`
  writeJson(draft, self)
  try {
    for (let attempt = 0; !tryLink(draft, file); attempt += 1) {
      const owner = currentOwner(file)
      if (owner || attempt > 20) {
        throw new EmbeddedError(
          'directory_in_use',
          `${directory} is used by process ${owner?.pid ?? 'unknown'}; stop it, or choose another directory with AF_DATA_DIR`
        )
      }
      removeStale(file)
    }
  } finally {
    rmSync(draft, { force: true })
  }
  return () => {
    if (existsSync(file) && readFileSync(file, 'utf8') === `${JSON.stringify(self)}\n`)
      rmSync(file, { force: true })
  }
}
