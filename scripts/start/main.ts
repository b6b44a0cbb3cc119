/**
 * `npm start` and `npm run worker`: builds when the sources are newer than the build, then becomes
 * the server or the worker (the same process, so that signals need no forwarding).
 * `main.ts [web|worker|build]`
 */
import { fileURLToPath } from 'node:url'
import { build } from './build.ts'
import { isBuilt } from './build_stamp.ts'

const root = fileURLToPath(new URL('../../', import.meta.url))
const role = process.argv[2] ?? 'web'

async function become(module: string, args: string[]): Promise<void> {
  process.env.NODE_ENV ??= 'production'
  process.argv = [process.execPath, `${root}${module}`, ...args]
  await import(new URL(module, new URL('../../', import.meta.url)).href)
}

if (role === 'build' || !isBuilt(root)) await build(root)
if (role === 'worker') {
  process.env.AF_ROLE = 'worker'
  await become('core/build/bin/console.js', ['worker'])
} else if (role === 'web') {
  await become('core/build/bin/server.js', [])
}
