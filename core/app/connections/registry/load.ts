import { findPackageJSON } from 'node:module'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import logger from '@adonisjs/core/services/logger'
import type { SourceDefinition } from '@analyticaflow/sdk'
import semver from 'semver'
import type { PackageManifest, SourcePackage } from './discover.ts'

/** A definition as `defineSource` returns it: `sourceType` is filled in. */
export type Source = SourceDefinition & { sourceType: string }

/** A package that could not become a source, with what its user has to know. */
export interface DisabledSource {
  package: string
  title: string
  message: string
}

export type Loaded = { source: Source } | { disabled: DisabledSource }

function versionOfSdk(): string {
  const file = findPackageJSON('@analyticaflow/sdk', import.meta.url)
  if (file === undefined) throw new Error('@analyticaflow/sdk is not installed')
  return (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version
}

export const sdkVersion = versionOfSdk()

/** Conditions of package exports that hold in this process; `af-source` in development. */
const conditions = new Set([
  ...[process.env.NODE_OPTIONS ?? '', ...process.execArgv]
    .join(' ')
    .matchAll(/(?:--conditions|-C)[= ](\S+)/g)
    .map(([, condition]) => condition),
  'node',
  'import',
  'module-sync',
  'default',
])

/** What `exports` (or a branch of it) means for `import`; a folder cannot be imported as such. */
function target(exports: unknown): string | undefined {
  if (typeof exports === 'string') return exports
  if (typeof exports !== 'object' || exports === null) return undefined
  const branches = Object.entries(exports)
  const root = branches.find(([key]) => key === '.')
  if (root) return target(root[1])
  return branches
    .filter(([condition]) => conditions.has(condition))
    .map(([, branch]) => target(branch))
    .find((found) => found !== undefined)
}

function entryOf(directory: string, { exports, main }: PackageManifest): string {
  return pathToFileURL(join(directory, target(exports) ?? main ?? 'index.js')).href
}

function isSource(value: unknown): value is Source {
  if (typeof value !== 'object' || value === null) return false
  return ['id', 'sdk', 'title', 'sourceType', 'config', 'streams', 'check'].every(
    (key) => key in value
  )
}

function faultOf(value: unknown): string | undefined {
  if (!isSource(value)) {
    return 'Its default export is not a source: it has to be the result of defineSource'
  }
  if (semver.validRange(value.sdk) === null) return `Its SDK range “${value.sdk}” is not a range`
  if (!semver.satisfies(sdkVersion, value.sdk)) {
    return `It is made for the SDK ${value.sdk}, but this is ${sdkVersion}. Update the package`
  }
  return undefined
}

/** Imports a package. Whatever is wrong with it disables this source and nothing else. */
export async function loadSource(found: SourcePackage): Promise<Loaded> {
  const disabled = (message: string, title = found.name): Loaded => ({
    disabled: { package: found.name, title, message },
  })
  if (found.directory === '') return disabled('There is no such package; AF_PLUGINS names it')
  try {
    const module = (await import(entryOf(found.directory, found.manifest))) as { default?: unknown }
    const fault = faultOf(module.default)
    if (fault !== undefined) return disabled(fault, titleOf(module.default))
    return { source: module.default as Source }
  } catch (error) {
    logger.error({ err: error, package: found.name }, 'source cannot be loaded')
    return disabled(`It cannot be loaded: ${reasonOf(error)}`)
  }
}

/** What Node says of missing modules names the folders of this machine; that is for the log. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'it throws something that is no error'
  const isNodes = 'code' in error && String(error.code).startsWith('ERR_')
  return isNodes ? 'a module of it is missing or broken, the log names it' : error.message
}

function titleOf(value: unknown): string | undefined {
  return isSource(value) ? value.title : undefined
}
