import 'reflect-metadata'
import { Ignitor, prettyPrintError } from '@adonisjs/core'
import type { ApplicationService } from '@adonisjs/core/types'
import { explainBootFailure } from '#embedded/boot_failure'
import { APP_ROOT, importer } from './importer.ts'

async function cutConnections(app: ApplicationService): Promise<void> {
  const server = await app.container.make('server')
  server.getNodeServer()?.closeAllConnections()
}

process.env.NODE_ENV ??= 'development'

const ignitor = new Ignitor(APP_ROOT, { importer })
let stopping = false

async function printError(error: unknown): Promise<void> {
  const explanation = explainBootFailure(error)
  if (explanation === undefined) await prettyPrintError(error)
  else process.stderr.write(`${explanation}\n`)
}

/** Says what is wrong, and gives back what was already started. */
async function failToStart(error: unknown): Promise<void> {
  // Who stops a starting server takes its databases away from under it: that is no failure.
  if (!stopping) {
    process.exitCode = 1
    await printError(error)
  }
  // TRICKY: whatever else was started may keep the process alive.
  setTimeout(() => process.exit(), 15_000).unref()
  await ignitor.terminate()
}

await ignitor
  .tap((app) => {
    app.booting(async () => {
      await import('#start/env')
    })
    const stop = () => {
      // TRICKY: npm passes a terminal's Ctrl-C on, so that it comes twice.
      if (stopping) return
      stopping = true
      // Requests under way finish; event streams never would, so they are cut after a while.
      setTimeout(() => void cutConnections(app), 10_000).unref()
      // TRICKY: what a stop in the middle of the start leaves waiting would delay the end for seconds.
      void app.terminate().finally(() => process.exit())
    }
    app.listen('SIGTERM', stop)
    app.listen('SIGINT', stop)
  })
  .httpServer()
  .start()
  .catch(failToStart)
