import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { sdkVersion } from '../testing/sdk_version.ts'
import { template } from './template.ts'

const ID = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/

/**
 * Writes a connector that works into a folder of its name.
 *
 * @returns the folder
 * @throws Error if the id is not kebab-case, or if the folder is there already
 */
export function create(id: string | undefined, parent: string): string {
  if (id === undefined || !ID.test(id)) {
    throw new Error('Name the connector in kebab-case, such as northwind-ads')
  }
  const folder = join(parent, id)
  if (existsSync(folder)) throw new Error(`${folder} is there already; nothing was written`)
  mkdirSync(folder, { recursive: true })
  for (const [path, text] of Object.entries(template(id, sdkVersion))) {
    writeFileSync(join(folder, path), text, { flag: 'wx' })
  }
  return folder
}
