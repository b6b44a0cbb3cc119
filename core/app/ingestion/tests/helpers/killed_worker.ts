import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import app from '@adonisjs/core/services/app'
import { appKey } from '#start/env'
import type { Step } from '../../steps.ts'

/** Time that a traced worker stands still after each step, so that a kill finds it there. */
const PAUSE_MS = 120

/**
 * A worker in a process of its own, which tells its steps and is killed with SIGKILL: no handler
 * runs, no transaction ends in order, no connection is closed.
 */
export class KilledWorker<Name extends string = Step> {
  readonly #folder = mkdtempSync(join(tmpdir(), 'af-kill-'))
  readonly #trace: string
  readonly #process: ChildProcess
  #output = ''

  constructor() {
    this.#trace = join(this.#folder, 'steps')
    this.#process = spawn(
      process.execPath,
      ['--conditions=af-source', '--import=@poppinss/ts-exec', 'bin/console.ts', 'worker'],
      {
        cwd: app.appRoot,
        stdio: ['ignore', 'pipe', 'pipe'],
        env: {
          ...process.env,
          // The databases are those of the test; nothing else is attached or started.
          AF_ROLE: 'worker',
          APP_KEY: appKey,
          AF_LEASE_SECONDS: '1',
          AF_TRACE_STEPS: this.#trace,
          AF_TRACE_PAUSE_MS: String(PAUSE_MS),
          LOG_LEVEL: 'warn',
        },
      }
    )
    this.#process.stdout?.on('data', (text: Buffer) => (this.#output += text.toString()))
    this.#process.stderr?.on('data', (text: Buffer) => (this.#output += text.toString()))
  }

  /** Steps of the run so far. */
  steps(): Name[] {
    if (!existsSync(this.#trace)) return []
    return readFileSync(this.#trace, 'utf8').split('\n').filter(Boolean) as Name[]
  }

  get isAlive(): boolean {
    return this.#process.exitCode === null && this.#process.signalCode === null
  }

  /** Waits until `done` says so; fails with the worker's output if it dies by itself before. */
  async until(done: (steps: Name[]) => unknown): Promise<void> {
    while (!(await done(this.steps()))) {
      if (!this.isAlive) throw new Error(`The worker ended by itself:\n${this.#output}`)
      await sleep(3)
    }
  }

  /** SIGKILL. Returns the last step before it, if there was one. */
  async kill(): Promise<Name | undefined> {
    if (this.isAlive) {
      this.#process.kill('SIGKILL')
      await once(this.#process, 'exit')
    }
    const last = this.steps().at(-1)
    rmSync(this.#folder, { recursive: true, force: true })
    return last
  }
}
