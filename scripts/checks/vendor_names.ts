/**
 * Fails when code outside the plugins names a vendor: what sources differ in is declared by them as
 * capabilities, and nothing else asks which source it has. Comments may give examples.
 */
import { globSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'

const VENDORS =
  /google[\W_]?(ads|analytics)|\bga4|facebook|meta[\W_]?ads|shopify|woo[\W_]?commerce|amo[\W_]?crm|bitrix|tiktok[\W_]?ads|yandex[\W_]?(direct|metri)/i

const CODE = '{core,sdk,web}/**/*.{ts,tsx,js,mjs,cjs,sql}'
const SKIPPED = /(^|\/)(node_modules|build|dist|coverage|tests|tmp|\.adonisjs)$/

/** Names as data. This list only shrinks. */
const ALLOWED = new Map([
  ['core/app/warehouse/channels.ts', 'sites that visitors come from, which rules of channels know'],
])

/** The text without its comments, line by line. */
function codeLines(text: string): string[] {
  return text
    .replace(/\/\*[\s\S]*?\*\//g, (comment) => comment.replace(/[^\n]/g, ''))
    .split('\n')
    .map((line) => line.replace(/(^|\s)(\/\/|--).*$/, ''))
}

/** `file:line: text` of each line that names a vendor. */
export function vendorNames(root: string): string[] {
  const files = globSync(CODE, { cwd: root, exclude: (path) => SKIPPED.test(path) }).sort()
  return files.flatMap((file) =>
    codeLines(readFileSync(join(root, file), 'utf8')).flatMap((line, index) =>
      VENDORS.test(line) ? [`${file}:${index + 1}: ${line.trim()}`] : []
    )
  )
}

function main(): void {
  const found = vendorNames(resolve(import.meta.dirname, '../..'))
  const isIn = (file: string) => (line: string) => line.startsWith(`${file}:`)
  const forbidden = found.filter((line) => ![...ALLOWED.keys()].some((file) => isIn(file)(line)))
  const unneeded = [...ALLOWED.keys()].filter((file) => !found.some(isIn(file)))
  for (const line of forbidden) process.stderr.write(`A vendor is named outside plugins: ${line}\n`)
  for (const file of unneeded) process.stderr.write(`${file} needs no exception any more\n`)
  process.exitCode = forbidden.length + unneeded.length > 0 ? 1 : 0
}

if (import.meta.main) main()
