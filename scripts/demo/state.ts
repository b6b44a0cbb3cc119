import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** What a demo has to know again at its next start. */
export interface DemoState {
  email: string
  password: string
  /** First day of the simulated shop: its history must not move from one day to the next. */
  from: string
}

const HISTORY_MONTHS = 18

function historyMonths(): number {
  const months = Number(process.env.AF_DEMO_MONTHS ?? HISTORY_MONTHS)
  if (Number.isInteger(months) && months > 0 && months <= HISTORY_MONTHS) return months
  throw new Error(`AF_DEMO_MONTHS has to be a whole number from 1 to ${HISTORY_MONTHS}`)
}

function firstDay(now: Date): string {
  const day = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate()))
  day.setUTCMonth(day.getUTCMonth() - historyMonths())
  return day.toISOString().slice(0, 10)
}

/**
 * Reads the demo of a data directory, or makes one. The password is drawn for this directory alone and
 * lies beside its keys, readable for its owner only: nobody who knows the sources can sign in.
 */
export function demoState(dataDir: string, now = new Date()): DemoState {
  const file = join(dataDir, 'demo', 'state.json')
  if (existsSync(file)) return JSON.parse(readFileSync(file, 'utf8')) as DemoState
  const state: DemoState = {
    email: 'demo@harbour-coffee.example',
    password: randomBytes(18).toString('base64url'),
    from: firstDay(now),
  }
  mkdirSync(join(dataDir, 'demo'), { recursive: true, mode: 0o700 })
  writeFileSync(file, JSON.stringify(state), { mode: 0o600, flag: 'wx' })
  return state
}
