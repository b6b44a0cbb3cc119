import router from '@adonisjs/core/services/router'
import type { Endpoint } from './endpoint.ts'
import { handleEndpoint } from './pipeline.ts'

const mounted: Endpoint[] = []

/** Gives each endpoint its route. Only here do routes come into being (see the route walk test). */
export function mount(endpoints: readonly Endpoint[]): void {
  for (const endpoint of endpoints) {
    // Health checks of containers and load balancers often ask with HEAD.
    const isProbe = !endpoint.path.startsWith('/api/')
    router
      .route(endpoint.path, isProbe ? [endpoint.method, 'HEAD'] : [endpoint.method], (ctx) =>
        handleEndpoint(endpoint, ctx)
      )
      .as(`${endpoint.method} ${endpoint.path}`)
    mounted.push(endpoint)
  }
}

export function mountedEndpoints(): readonly Endpoint[] {
  return mounted
}
