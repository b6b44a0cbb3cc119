import 'reflect-metadata'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Ignitor, prettyPrintError } from '@adonisjs/core'
import { configure, processCLIArgs, run } from '@japa/runner'
import { APP_ROOT, importer } from './importer.ts'

process.env.NODE_ENV = 'test'
process.env.HOST = '127.0.0.1'
process.env.PORT = '0'

// One set of embedded databases per run, in a directory of its own.
const ownDataDir = process.env.AF_DATA_DIR === undefined
process.env.AF_DATA_DIR ??= mkdtempSync(join(tmpdir(), 'af-test-'))
const dataDir = process.env.AF_DATA_DIR

let stop = () => Promise.resolve()

new Ignitor(APP_ROOT, { importer })
  .tap((app) => {
    stop = () => app.terminate()
    app.booting(async () => {
      await import('#start/env')
      const { captureLogs } = await import('#tests/log_capture')
      captureLogs()
    })
    // The runner itself would go on with tests that have lost their databases.
    const end = () => app.terminate().finally(() => process.exit(1))
    app.listen('SIGTERM', end)
    app.listen('SIGINT', end)
    app.terminating(() => {
      if (ownDataDir) rmSync(dataDir, { recursive: true, force: true })
    })
  })
  .testRunner()
  .configure(async (app) => {
    const { configureSuite, plugins, teardown } = await import('#tests/bootstrap')
    processCLIArgs(process.argv.slice(2))
    configure({
      ...app.rcFile.tests,
      plugins,
      configureSuite,
      teardown: [...teardown, stop],
    })
  })
  .run(() => run())
  .catch((error: unknown) => {
    process.exitCode = 1
    void prettyPrintError(error)
  })
  // A spec that cannot be loaded ends the run before its teardown; the databases must not stay.
  .finally(() => stop())
