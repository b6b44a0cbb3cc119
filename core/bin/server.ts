import 'reflect-metadata'
import { Ignitor, prettyPrintError } from '@adonisjs/core'
import type { ApplicationService } from '@adonisjs/core/types'
import { APP_ROOT, importer } from './importer.ts'

async function cutConnections(app: ApplicationService): Promise<void> {
  const server = await app.container.make('server')
  server.getNodeServer()?.closeAllConnections()
}

process.env.NODE_ENV ??= 'development'

new Ignitor(APP_ROOT, { importer })
  .tap((app) => {
    app.booting(async () => {
      await import('#start/env')
    })
    const stop = () => {
      // Requests under way finish; event streams never would, so they are cut after a while.
      setTimeout(() => void cutConnections(app), 10_000).unref()
      void app.terminate()
    }
    app.listen('SIGTERM', stop)
    app.listen('SIGINT', stop)
  })
  .httpServer()
  .start()
  .catch((error: unknown) => {
    process.exitCode = 1
    void prettyPrintError(error)
  })
