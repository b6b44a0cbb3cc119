import { setTimeout as sleep } from 'node:timers/promises'
import db from '@adonisjs/lucid/services/db'

const connectionCodes = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
])

/** SQLSTATE classes: 08 connection, 53 resources, 57P the server stops or starts. */
const awayState = /^(08|53|57P)/

function tellsAway(error: unknown): boolean {
  if (!(error instanceof Error) || !('code' in error)) return false
  // A Unix socket that is gone is ENOENT, which files can be too.
  if (error.code === 'ENOENT') return 'syscall' in error && error.syscall === 'connect'
  return (
    typeof error.code === 'string' &&
    (connectionCodes.has(error.code) || awayState.test(error.code))
  )
}

/** Whether PostgreSQL answers within the time. */
export async function databaseAnswers(milliseconds = 2000): Promise<boolean> {
  const late = sleep(milliseconds, false, { ref: false })
  const asked = db.rawQuery('select 1').then(
    () => true,
    () => false
  )
  return Promise.race([asked, late])
}

/**
 * Whether this error comes from PostgreSQL being away. Drivers and pools report a lost connection
 * in many ways, some with a message alone, so where the code does not tell, the database is asked.
 */
export async function isDatabaseAway(error: unknown): Promise<boolean> {
  return tellsAway(error) || !(await databaseAnswers())
}
