import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from '@japa/runner'
import { api } from '#tests/api'

const page = (path: string, accept = 'text/html') =>
  api().request<string>('GET', `/${path}`, { headers: { accept }, unchecked: true })

test.group('the API documentation', () => {
  test('is a page whose scripts all come from this server', async ({ assert }) => {
    const { status, headers, text } = await page('/api/v1/docs')
    assert.equal(status, 200)
    const policy = headers.get('content-security-policy') ?? ''
    assert.match(policy, /script-src 'self'(;|$)/)
    assert.notMatch(text, /<script>|<script[^>]*>\s*\S+\s*<\/script>| on\w+=/)
    const sources = [...text.matchAll(/(?:src|href)="([^"]+\.(?:js|css))"/g)].map(([, url]) => url)
    assert.lengthOf(sources, 3)
    for (const source of sources) {
      const asset = await api().get(`/${source}`)
      assert.equal(asset.status, 200, source)
    }
  })

  test('serves no other file of its package', async ({ assert }) => {
    for (const file of ['package.json', 'index.html', '..%2fpackage.json', 'constructor']) {
      assert.equal((await api().get(`/docs/${file}`)).status, 404, file)
    }
  })
})

test.group('the web app', (group) => {
  group.setup(() => {
    const folder = mkdtempSync(join(tmpdir(), 'af-web-'))
    mkdirSync(join(folder, 'assets'))
    writeFileSync(join(folder, 'index.html'), '<!doctype html><title>app</title>')
    writeFileSync(join(folder, 'assets', 'app-1a2b3c.js'), 'start()')
    writeFileSync(join(folder, 'robots.txt'), 'no')
    writeFileSync(join(folder, '.hidden'), 'secret')
    process.env.AF_WEB_DIR = folder
    return () => {
      delete process.env.AF_WEB_DIR
      rmSync(folder, { recursive: true })
    }
  })

  test('its screens are the index, which is asked for every time', async ({ assert }) => {
    for (const path of ['/', '/projects/7/dashboards', '/sign-in']) {
      const { status, text, headers } = await page(path)
      assert.equal(status, 200, path)
      assert.include(text, '<title>app')
      assert.equal(headers.get('cache-control'), 'no-cache')
      assert.match(headers.get('content-security-policy') ?? '', /frame-ancestors 'none'/)
      assert.equal(headers.get('x-content-type-options'), 'nosniff')
    }
  })

  test('hashed files are cached for good, others are asked for', async ({ assert }) => {
    const hashed = await page('/assets/app-1a2b3c.js', '*/*')
    assert.equal(hashed.text, 'start()')
    assert.match(hashed.headers.get('cache-control') ?? '', /immutable/)
    assert.isNotNull(hashed.headers.get('x-request-id'))
    const other = await page('/robots.txt', '*/*')
    assert.equal(other.headers.get('cache-control'), 'no-cache')
  })

  test('what does not exist is not found, not the index', async ({ assert }) => {
    const paths = ['/assets/gone.js', '/api/v1/nothing', '/api', '/health/x', '/.hidden']
    for (const path of [...paths, '/assets/..%2f..%2f..%2fetc/passwd.txt']) {
      const { status, headers } = await page(path)
      assert.equal(status, 404, path)
      assert.include(headers.get('content-type'), 'application/problem+json', path)
    }
  })

  test('without a build a page says what to do', async ({ assert }) => {
    const folder = process.env.AF_WEB_DIR
    process.env.AF_WEB_DIR = '/nowhere'
    const { status, text } = await page('/').finally(() => (process.env.AF_WEB_DIR = folder))
    assert.equal(status, 503)
    assert.include(text, 'npm run build')
  })
})
