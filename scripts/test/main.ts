/**
 * `npm test`: everything that has to hold before a change is merged, one step after the other.
 * `npm test -- lint e2e` runs some steps only.
 */
import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { Failed } from './command.ts'
import { root } from './paths.ts'
import { preflight } from './preflight.ts'
import { STEPS, type Step } from './steps.ts'

interface Result {
  name: string
  passed: boolean
  seconds: number
}

function chosen(names: string[]): Step[] {
  const unknown = names.filter((name) => !STEPS.some((step) => step.name === name))
  if (unknown.length > 0) {
    const known = STEPS.map(({ name }) => name).join(', ')
    process.stderr.write(`No such step: ${unknown.join(', ')}. There are: ${known}\n`)
    process.exit(2)
  }
  return names.length === 0 ? STEPS : STEPS.filter(({ name }) => names.includes(name))
}

async function attempt({ name, run }: Step): Promise<Result> {
  process.stdout.write(`\n── ${name} ${'─'.repeat(Math.max(1, 76 - name.length))}\n`)
  const start = performance.now()
  let passed = true
  try {
    await run()
  } catch (error) {
    if (!(error instanceof Failed)) throw error
    passed = false
  }
  return { name, passed, seconds: (performance.now() - start) / 1000 }
}

function summarize(results: Result[]): void {
  process.stdout.write('\n')
  for (const { name, passed, seconds } of results) {
    process.stdout.write(
      `${passed ? 'passed' : 'FAILED'}  ${seconds.toFixed(1).padStart(6)} s  ${name}\n`
    )
  }
  const total = results.reduce((sum, { seconds }) => sum + seconds, 0)
  process.stdout.write(`        ${total.toFixed(1).padStart(6)} s\n`)
}

async function runSteps(steps: Step[]): Promise<Result[]> {
  const results: Result[] = []
  for (const step of steps) {
    const result = await attempt(step)
    results.push(result)
    if (!result.passed && step.isNeeded) break
  }
  return results
}

/** Numbers of earlier runs would count for this one. */
function forgetCoverage(): void {
  rmSync(join(root, 'coverage'), { recursive: true, force: true })
  mkdirSync(join(root, 'coverage/raw'), { recursive: true })
}

const names = process.argv.slice(2)
const steps = chosen(names)
if (names.length === 0) forgetCoverage()
const programs = new Set(steps.flatMap((step) => step.programs ?? []))
const ready = await attempt({ name: 'preflight', run: () => preflight(programs) })
const results = ready.passed ? [ready, ...(await runSteps(steps))] : [ready]
summarize(results)
process.exitCode = results.every(({ passed }) => passed) ? 0 : 1
