import { appendFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'

const { AF_TRACE_STEPS: file, AF_TRACE_PAUSE_MS: pause } = process.env

/** Marks a step of an erasure, as `step` of ingestion does those of a publication: for the proof that kills it there. */
export async function privacyStep(name: string): Promise<void> {
  if (file === undefined) return
  appendFileSync(file, `${name}\n`)
  if (pause !== undefined) await sleep(Number(pause))
}
