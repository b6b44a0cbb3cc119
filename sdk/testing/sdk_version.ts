import { readFileSync } from 'node:fs'
import { findPackageJSON } from 'node:module'

function read(): string {
  const file = findPackageJSON(import.meta.url)
  if (file === undefined) throw new Error('The SDK has lost its package.json')
  return (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version
}

/** Version of this SDK. */
export const sdkVersion = read()
