import 'reflect-metadata'
import { Ignitor, prettyPrintError } from '@adonisjs/core'
import { explainBootFailure } from '#embedded/boot_failure'
import { APP_ROOT, importer } from './importer.ts'

process.env.NODE_ENV ??= 'development'

new Ignitor(APP_ROOT, { importer })
  .tap((app) => {
    app.booting(async () => {
      await import('#start/env')
    })
    app.listen('SIGTERM', () => app.terminate())
    app.listen('SIGINT', () => app.terminate())
  })
  .ace()
  .handle(process.argv.splice(2))
  .catch((error: unknown) => {
    process.exitCode = 1
    const explanation = explainBootFailure(error)
    if (explanation === undefined) void prettyPrintError(error)
    else process.stderr.write(`${explanation}\n`)
  })
