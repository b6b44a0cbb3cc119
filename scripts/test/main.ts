/**
 * `npm test`: everything that has to hold before a change is merged, two steps at a time.
 * `npm test -- lint e2e` runs some steps only, one after the other.
 */
import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { Failed, type Output } from './command.ts'
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

const headline = (name: string) => `\n── ${name} ${'─'.repeat(Math.max(1, 76 - name.length))}\n`

async function attempt({ name, run }: Step, output: Output): Promise<Result> {
  const start = performance.now()
  let passed = true
  try {
    await run(output)
  } catch (error) {
    if (!(error instanceof Failed)) throw error
    passed = false
  }
  return { name, passed, seconds: (performance.now() - start) / 1000 }
}

/** Alone: everything is seen as it comes. */
function alone(step: Step): Promise<Result> {
  process.stdout.write(headline(step.name))
  return attempt(step, 'terminal')
}

/** Beside another: what it says is shown when it is over, in one piece. */
async function beside(step: Step): Promise<Result> {
  const said: Buffer[] = []
  process.stdout.write(`started  ${step.name}\n`)
  const result = await attempt(step, { write: (chunk) => said.push(chunk) })
  process.stdout.write(headline(step.name) + Buffer.concat(said).toString())
  return result
}

function summarize(results: Result[], total: number): void {
  process.stdout.write('\n')
  for (const { name, passed, seconds } of results) {
    process.stdout.write(
      `${passed ? 'passed' : 'FAILED'}  ${seconds.toFixed(1).padStart(6)} s  ${name}\n`
    )
  }
  process.stdout.write(`        ${total.toFixed(1).padStart(6)} s in all\n`)
}

/** Takes the next step as soon as one is over. */
async function twoAtATime(steps: Step[]): Promise<Result[]> {
  const waiting = [...steps]
  const results: Result[] = []
  const lane = async () => {
    for (let step = waiting.shift(); step !== undefined; step = waiting.shift()) {
      results.push(await beside(step))
    }
  }
  await Promise.all([lane(), lane()])
  return results
}

async function oneByOne(steps: Step[]): Promise<Result[]> {
  const results: Result[] = []
  for (const step of steps) {
    const result = await alone(step)
    results.push(result)
    if (!result.passed && step.isNeeded) break
  }
  return results
}

async function everything(): Promise<Result[]> {
  const first = await oneByOne(STEPS.filter(({ isNeeded }) => isNeeded))
  if (first.some(({ passed }) => !passed)) return first
  const most = await twoAtATime(STEPS.filter(({ isNeeded, isLast }) => !isNeeded && !isLast))
  return [...first, ...most, ...(await oneByOne(STEPS.filter(({ isLast }) => isLast)))]
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
const start = performance.now()
const ready = await alone({ name: 'preflight', run: () => preflight(programs) })
const run = () => (names.length === 0 ? everything() : oneByOne(steps))
const results = ready.passed ? [ready, ...(await run())] : [ready]
summarize(results, (performance.now() - start) / 1000)
process.exitCode = results.every(({ passed }) => passed) ? 0 : 1
