import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { readFile } from 'node:fs/promises'
import { endpoint, media } from '#shared/http/endpoint'
import { Problem } from '#shared/http/problem'
import { pagePolicy } from '#shared/middleware/security_headers_middleware'

const distribution = dirname(createRequire(import.meta.url).resolve('swagger-ui-dist/package.json'))

const page = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>AnalyticaFlow API</title>
    <link rel="icon" href="/favicon.svg">
    <link rel="stylesheet" href="/api/v1/docs/swagger-ui.css">
  </head>
  <body>
    <div id="api"></div>
    <noscript>The description itself: <a href="/api/v1/swagger.json">swagger.json</a></noscript>
    <script src="/api/v1/docs/swagger-ui-bundle.js"></script>
    <script src="/api/v1/docs/start.js"></script>
  </body>
</html>
`

const start = `SwaggerUIBundle({
  url: '/api/v1/swagger.json',
  dom_id: '#api',
  deepLinking: true,
  docExpansion: 'list',
  defaultModelsExpandDepth: 0,
  persistAuthorization: false,
  tryItOutEnabled: false,
})
`

const fromDistribution = (name: string) => () => readFile(join(distribution, name), 'utf8')

const assets: Record<string, { type: string; read: () => Promise<string> }> = {
  'start.js': { type: 'text/javascript', read: () => Promise.resolve(start) },
  'swagger-ui.css': { type: 'text/css', read: fromDistribution('swagger-ui.css') },
  'swagger-ui-bundle.js': {
    type: 'text/javascript',
    read: fromDistribution('swagger-ui-bundle.js'),
  },
}

export const showDocs = endpoint({
  method: 'GET',
  path: '/docs',
  permission: 'public',
  tag: 'meta',
  summary: 'This description as a page',
  responses: { 200: media('text/html') },
  handle: ({ ctx }) => {
    ctx.response.header('Content-Security-Policy', pagePolicy)
    ctx.response.type('text/html; charset=utf-8').send(page)
    return undefined
  },
})

export const showDocsAsset = endpoint({
  method: 'GET',
  path: '/docs/:file',
  permission: 'public',
  tag: 'meta',
  summary: 'A script or style of the page',
  responses: { 200: media('text/javascript', 'text/css') },
  handle: async ({ ctx, params }) => {
    const asset = Object.hasOwn(assets, params.file) ? assets[params.file] : undefined
    if (asset === undefined) throw new Problem('not_found')
    ctx.response.header('Cache-Control', 'public, max-age=3600')
    ctx.response.type(`${asset.type}; charset=utf-8`).send(await asset.read())
    return undefined
  },
})
