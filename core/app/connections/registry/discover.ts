import { existsSync, readdirSync, readFileSync, realpathSync } from 'node:fs'
import { dirname, isAbsolute, join, resolve } from 'node:path'
import { repoRoot } from '#shared/paths'

/** An installed package that says it is a source. */
export interface SourcePackage {
  name: string
  /** Real path of its folder. */
  directory: string
  manifest: PackageManifest
}

export interface PackageManifest {
  name: string
  description?: string
  analyticaflow?: { source?: boolean }
  exports?: unknown
  main?: string
}

function readManifest(directory: string): PackageManifest | undefined {
  try {
    const manifest = JSON.parse(readFileSync(join(directory, 'package.json'), 'utf8')) as unknown
    const isPackage = typeof manifest === 'object' && manifest !== null && 'name' in manifest
    return isPackage ? (manifest as PackageManifest) : undefined
  } catch {
    return undefined
  }
}

/** Every `node_modules` that packages imported from here are looked up in. */
function moduleFolders(): string[] {
  const folders: string[] = []
  for (let at = import.meta.dirname; ; at = dirname(at)) {
    const folder = join(at, 'node_modules')
    if (existsSync(folder)) folders.push(folder)
    if (at === repoRoot || at === dirname(at)) return folders
  }
}

const visible = (folder: string) => readdirSync(folder).filter((name) => !name.startsWith('.'))

function packagesIn(folder: string): string[] {
  return visible(folder).flatMap((name) => {
    const path = join(folder, name)
    return name.startsWith('@') ? visible(path).map((inner) => join(path, inner)) : [path]
  })
}

function describe(directory: string): SourcePackage | undefined {
  const manifest = readManifest(directory)
  if (manifest === undefined) return undefined
  return { name: manifest.name, directory: realpathSync(directory), manifest }
}

/** What AF_PLUGINS names: folders, or installed packages that carry no mark. */
function named(entry: string, folders: string[]): SourcePackage {
  const isPath = isAbsolute(entry) || entry.startsWith('.')
  const candidates = isPath ? [resolve(repoRoot, entry)] : folders.map((at) => join(at, entry))
  const found = candidates.map(describe).find((candidate) => candidate !== undefined)
  return found ?? { name: entry, directory: '', manifest: { name: entry } }
}

/**
 * The installed source packages: those in `node_modules` whose package.json says
 * `"analyticaflow": { "source": true }`, and those that AF_PLUGINS names. One that cannot be found
 * is listed with no directory.
 */
export function discoverSources(plugins = process.env.AF_PLUGINS ?? ''): SourcePackage[] {
  const folders = moduleFolders()
  const marked = folders
    .flatMap(packagesIn)
    .map(describe)
    .filter((found) => found?.manifest.analyticaflow?.source === true)
  const asked = plugins
    .split(',')
    .map((entry) => entry.trim())
    .filter(Boolean)
    .map((entry) => named(entry, folders))
  const byPlace = new Map<string, SourcePackage>()
  for (const found of [...marked, ...asked]) {
    if (found) byPlace.set(found.directory || found.name, found)
  }
  return [...byPlace.values()]
}
