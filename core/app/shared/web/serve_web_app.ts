import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join, sep } from 'node:path'
import StaticMiddleware from '@adonisjs/static/static_middleware'
import type { HttpContext } from '@adonisjs/core/http'
import { Problem } from '#shared/http/problem'
import { pagePolicy } from '#shared/middleware/security_headers_middleware'
import { repoRoot } from '#shared/paths'

/** Where the built web app lies; AF_WEB_DIR in packages that put it elsewhere. */
const webFolder = (): string => process.env.AF_WEB_DIR ?? join(repoRoot, 'web', 'dist')

let files: { folder: string; middleware: StaticMiddleware } | undefined

function filesOf(folder: string): StaticMiddleware {
  if (files?.folder === folder) return files.middleware
  // The bundler puts a hash of the content into these names, so they never change.
  const hashed = join(folder, 'assets') + sep
  const middleware = new StaticMiddleware(folder, {
    enabled: true,
    dotFiles: 'ignore',
    cacheControl: false,
    headers: (file) => ({
      'Cache-Control': file.startsWith(hashed) ? 'public, max-age=31536000, immutable' : 'no-cache',
    }),
  })
  files = { folder, middleware }
  return middleware
}

const notBuilt = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>AnalyticaFlow</title>
<p>The server runs, but the web app has not been built yet.</p>
<p>Build it with <code>npm run build</code>, then reload this page.</p>
<p>The API is described at <a href="/api/v1/docs">/api/v1/docs</a>.</p>
</html>
`

/** What belongs to the server: an address there that no route has is an error, not a screen. */
const isServerPath = (path: string): boolean => /^\/(api|health|metrics)(\/|$)/.test(path)

/** A path without a file extension is a screen of the app, which has its own router. */
const isScreen = ({ request }: HttpContext): boolean =>
  !/\.\w+$/.test(request.url()) && request.accepts(['html', 'json']) === 'html'

/** Whatever no other route answers: a file of the web app, or one of its screens. */
export async function serveWebApp(ctx: HttpContext): Promise<void> {
  const { request, response } = ctx
  const folder = webFolder()
  const index = join(folder, 'index.html')
  if (isServerPath(request.url())) throw notFound()
  response.header('Content-Security-Policy', pagePolicy)
  if (!isScreen(ctx)) {
    await filesOf(folder).handle(ctx, () => Promise.reject(notFound()))
    return
  }
  response.type('text/html; charset=utf-8').header('Cache-Control', 'no-cache')
  if (existsSync(index)) response.send(await readFile(index, 'utf8'))
  else response.status(503).header('Retry-After', '60').send(notBuilt)
}

function notFound(): Problem {
  return new Problem('not_found', { detail: 'There is no such address' })
}
