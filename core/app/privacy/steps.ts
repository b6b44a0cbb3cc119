import { appendFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'

/** The steps of an erasure between which a process may die; a proof kills it after each of them. */
export const erasureSteps = [
  'person_noted',
  'person_suppressed',
  'erasure_planned',
  'erasure_built',
  'erasure_published',
  'history_copied',
  'history_rewritten',
  'derived_removed',
  'staged_rewritten',
  'settings_scrubbed',
  'erasure_rewritten',
] as const
export type ErasureStep = (typeof erasureSteps)[number]

const { AF_TRACE_STEPS: file, AF_TRACE_PAUSE_MS: pause } = process.env

/** Marks a step, as `step` of ingestion does those of a publication. */
export async function erasureStep(name: ErasureStep): Promise<void> {
  if (file === undefined) return
  appendFileSync(file, `${name}\n`)
  if (pause !== undefined) await sleep(Number(pause))
}
