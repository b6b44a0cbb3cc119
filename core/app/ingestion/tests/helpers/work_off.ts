import { Logger, runOnce } from 'graphile-worker'
import pg from 'pg'
import { jobHandlers } from '../../worker.ts'

/** Does all jobs that wait, as a worker would. */
export async function workOff(): Promise<void> {
  const pgPool = new pg.Pool({ connectionString: process.env.DATABASE_URL, max: 3 })
  pgPool.on('error', () => undefined)
  pgPool.on('connect', (client) => client.on('error', () => undefined))
  await runOnce({
    pgPool,
    taskList: jobHandlers(new AbortController().signal),
    noHandleSignals: true,
    logger: new Logger(() => () => undefined),
  })
  await pgPool.end()
}
