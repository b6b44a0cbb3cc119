import router from '@adonisjs/core/services/router'
import { test } from '@japa/runner'
import { mountedEndpoints } from '#shared/http/mount'
import { openApiPath, operationId, type OpenApiDocument } from '#shared/http/openapi'
import { api } from '#tests/api'

/** The web app answers whatever is no API; it has no permission, being files. */
const files = new Set(['/', '/*'])

test.group('routes', () => {
  test('every route is a declared endpoint with its permission', ({ assert }) => {
    const declared = new Set(mountedEndpoints().map(({ method, path }) => `${method} ${path}`))
    const routes = Object.values(router.toJSON())
      .flat()
      .filter(({ pattern }) => !files.has(pattern))
      .flatMap(({ methods, pattern }) =>
        methods.map((method) => `${method.replace('HEAD', 'GET')} ${pattern}`)
      )
    assert.isNotEmpty(routes)
    assert.deepEqual(
      routes.filter((route) => !declared.has(route)),
      []
    )
    for (const { permission } of mountedEndpoints()) {
      assert.match(
        permission,
        /^(public|account|admin|projects\.create|project\.(read|write|manage))$/
      )
    }
  })

  test('whatever names a project is guarded by a permission in it', ({ assert }) => {
    const open = mountedEndpoints().filter(
      ({ path, permission }) => path.includes(':project_id') && !permission.startsWith('project.')
    )
    assert.deepEqual(open, [])
  })

  test('the document describes every endpoint, each under an id of its own', async ({ assert }) => {
    const { status, body } = await api().get<OpenApiDocument>('/swagger.json')
    assert.equal(status, 200)
    assert.match(body.openapi, /^3\.1/)
    for (const endpoint of mountedEndpoints()) {
      const operation = body.paths[openApiPath(endpoint)]?.[endpoint.method.toLowerCase()]
      assert.exists(operation, `${endpoint.method} ${endpoint.path}`)
    }
    const ids = mountedEndpoints().map(operationId)
    assert.lengthOf([...new Set(ids)], ids.length)
  })

  test('every reference in the document leads somewhere', async ({ assert }) => {
    const { text, body } = await api().get<OpenApiDocument>('/swagger.json')
    const references = [...text.matchAll(/"\$ref":"#\/components\/(\w+)\/([^"]+)"/g)]
    assert.isNotEmpty(references)
    for (const [, section = '', name = ''] of references) {
      assert.property((body.components as Record<string, object>)[section], name)
    }
  })
})
