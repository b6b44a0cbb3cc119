import { appendFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'

/** The steps between which a process may die; a proof kills it between each two. */
export const publicationSteps = [
  'page_staged',
  'position_saved',
  'commit_opened',
  'log_written',
  'persons_built',
  'orders_built',
  'touch_built',
  'journeys_built',
  'paths_built',
  'published',
  'run_finished',
  'records_written',
  'mirrored',
  'stage_dropped',
] as const

export type Step = (typeof publicationSteps)[number]

const { AF_TRACE_STEPS: file, AF_TRACE_PAUSE_MS: pause } = process.env

/**
 * Marks a step. Does nothing unless AF_TRACE_STEPS names a file, to which the proof of crash safety
 * has each step written at once, with a pause after it in which it can kill this process.
 */
export async function step(name: Step): Promise<void> {
  if (file === undefined) return
  appendFileSync(file, `${name}\n`)
  if (pause !== undefined) await sleep(Number(pause))
}
