import { existsSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

/**
 * The checkout's root, found by the workspace's lock file: this module runs from `core/app/shared`
 * and, built, from `core/build/app/shared`. A packaged installation without one uses the working
 * directory.
 */
function findRepoRoot(): string {
  let directory = dirname(fileURLToPath(import.meta.url))
  while (directory !== dirname(directory)) {
    if (existsSync(join(directory, 'package.json')) && existsSync(join(directory, 'plugins'))) {
      return directory
    }
    directory = dirname(directory)
  }
  return process.cwd()
}

export const repoRoot = findRepoRoot()

/** Where embedded databases, generated secrets, uploads and spools live. */
export function dataDir(): string {
  return resolve(repoRoot, process.env.AF_DATA_DIR ?? 'var')
}
