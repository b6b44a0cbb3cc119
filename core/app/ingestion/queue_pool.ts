import { setTimeout as sleep } from 'node:timers/promises'
import logger from '@adonisjs/core/services/logger'
import pg from 'pg'

const PAUSE_MS = 500
/** One of the codes after which the queue tries again, and soon. */
const TRY_AGAIN = '40001'

const codeOf = (error: unknown): string | undefined =>
  error instanceof Error && 'code' in error && typeof error.code === 'string'
    ? error.code
    : undefined

/** SQLSTATE classes that waiting does not mend: the password, the database. */
const isHopeless = (error: unknown): boolean => /^(28|3D)/.test(codeOf(error) ?? '')

/** The server went away under a statement; the driver says so in several ways, one without a code. */
function isLost(error: unknown): error is Error {
  if (!(error instanceof Error)) return false
  const code = codeOf(error)
  if (code === undefined) return error.message.startsWith('Connection ')
  return /^(08|57P|ECONNRESET$|EPIPE$)/.test(code)
}

function makePatient(client: pg.PoolClient): void {
  const query = client.query.bind(client) as (...values: unknown[]) => unknown
  const patient = (...values: unknown[]) => {
    const answer = query(...values)
    if (!(answer instanceof Promise)) return answer
    return answer.catch((error: unknown) => {
      throw isLost(error) ? Object.assign(error, { code: TRY_AGAIN }) : error
    })
  }
  client.query = patient as typeof client.query
}

/**
 * Connections for the queue, which outlive PostgreSQL: who asks for one while the server is away
 * waits until it is back.
 *
 * TRICKY: Graphile Worker marks jobs as done or failed without looking at what comes of it, and tries
 * again after a few errors only. Any other one, such as a refused connection, would be an unhandled
 * rejection and end the process.
 */
export function queuePool(url: string | undefined, max: number, stopping: AbortSignal): pg.Pool {
  const pool = new pg.Pool({ connectionString: url, max })
  const lost = (error: Error) => logger.warn({ err: error }, 'queue connection lost')
  pool.on('error', lost)
  pool.on('connect', (client) => {
    client.on('error', lost)
    makePatient(client)
  })
  const connect = pool.connect.bind(pool)
  const patiently = async (): Promise<pg.PoolClient> => {
    for (;;) {
      try {
        return await connect()
      } catch (error) {
        if (stopping.aborted || isHopeless(error)) throw error
        await sleep(PAUSE_MS)
      }
    }
  }
  // The driver's own `pool.query` hands a callback over.
  const either = (callback?: Parameters<typeof connect>[0]) =>
    callback === undefined ? patiently() : connect(callback)
  pool.connect = either as typeof pool.connect
  return pool
}
