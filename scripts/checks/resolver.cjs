/**
 * Tells eslint-plugin-boundaries which file an import means, as Node does with
 * `--conditions=af-source`: `#domain/x` below core/app, our packages by their sources.
 * (A resolver of ESLint plugins has to be CommonJS.)
 */
const { existsSync, statSync } = require('node:fs')
const { isBuiltin } = require('node:module')
const { dirname, join, resolve } = require('node:path')

const root = join(__dirname, '../..')
const { imports } = require('../../core/package.json')

/** `#accounts/public` → core/app/accounts/public.js */
function subpath(source) {
  const key = `${source.split('/')[0]}/*`
  const target = imports[key]
  return target && join(root, 'core', target.replace('*', source.slice(key.length - 1)))
}

function ownPackage(source) {
  const folder = source
    .replace('@analyticaflow/source-', 'plugins/sources/')
    .replace('@analyticaflow/sandbox', 'plugins/sandbox')
    .replace('@analyticaflow/', '')
  const own = join(root, folder)
  return existsSync(join(own, 'src/index.ts'))
    ? join(own, 'src/index.ts')
    : join(own, 'package.json')
}

/** TypeScript sources import each other as the `.js` they become, or as the `.ts` they are. */
function sourceFile(path) {
  const bare = path.replace(/\.js$/, '')
  const candidates = [path, `${bare}.ts`, `${bare}.tsx`, join(bare, 'index.ts')]
  return candidates.find((candidate) => existsSync(candidate) && statSync(candidate).isFile())
}

exports.interfaceVersion = 2
exports.resolve = (source, file) => {
  if (isBuiltin(source)) return { found: true, path: null }
  if (source.startsWith('@analyticaflow/')) return { found: true, path: ownPackage(source) }
  const path = source.startsWith('#')
    ? subpath(source)
    : source.startsWith('.') && resolve(dirname(file), source)
  const found = path && sourceFile(path)
  return found ? { found: true, path: found } : { found: false }
}
