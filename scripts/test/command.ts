import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { root } from './paths.ts'

/** A step that hangs ends here, and not the patience of CI. */
const LIMIT_MS = 25 * 60_000

/** Where a step's words go: the terminal itself, or a text that is shown when the step is over. */
export type Output = 'terminal' | { write(chunk: Buffer): void }

/** The command said on its own what is wrong. */
export class Failed extends Error {}

export interface CommandOptions {
  folder?: string
  env?: Record<string, string>
  output?: Output
}

/** TRICKY: npm passes signals to its shell only, so they go to everything that a step started. */
function signalGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid !== undefined && child.exitCode === null) process.kill(-child.pid, signal)
}

function start(program: string, args: readonly string[], options: CommandOptions): ChildProcess {
  const { output = 'terminal' } = options
  const child = spawn(program, args, {
    cwd: join(root, options.folder ?? '.'),
    stdio: output === 'terminal' ? ['ignore', 'inherit', 'inherit'] : ['ignore', 'pipe', 'pipe'],
    detached: true,
    env: {
      ...process.env,
      PATH: `${join(root, 'node_modules/.bin')}:${process.env.PATH ?? ''}`,
      ...options.env,
    },
  })
  if (output !== 'terminal') {
    for (const stream of [child.stdout, child.stderr]) {
      stream?.on('data', (chunk: Buffer) => output.write(chunk))
    }
  }
  return child
}

/** Runs a program with our own tools first in PATH; Ctrl-C and SIGTERM end it, and this process. */
export async function run(
  program: string,
  args: readonly string[],
  options: CommandOptions = {}
): Promise<void> {
  const child = start(program, args, options)
  const signals: NodeJS.Signals[] = []
  const forward = (signal: NodeJS.Signals) => {
    signals.push(signal)
    signalGroup(child, signal)
  }
  process.on('SIGTERM', forward).on('SIGINT', forward)
  const limit = setTimeout(() => signalGroup(child, 'SIGTERM'), LIMIT_MS)
  const [code] = (await once(child, 'close')) as [number | null]
  clearTimeout(limit)
  process.off('SIGTERM', forward).off('SIGINT', forward)
  if (signals.length > 0) process.exit(1)
  if (code !== 0) throw new Failed(`${program} ${args.join(' ')}`)
}

/** A script of the root's package.json. */
export const npmRun = (script: string, output: Output): Promise<void> =>
  run('npm', ['run', '--silent', script], { output })
