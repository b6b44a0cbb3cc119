import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { root } from '../bench/installation.ts'

/**
 * Runs one functional spec of the core, for as long as it takes.
 *
 * @param file its path in `core/app`, without its ending
 * @throws if it fails
 */
export async function runSpec(file: string, env: Record<string, string>): Promise<void> {
  const test = spawn(
    process.execPath,
    [
      ...['--import=@poppinss/ts-exec', 'bin/test.ts', 'functional'],
      // With its ending, or files whose names only end alike would run, too.
      ...['--files', `${file}.spec.ts`, '--timeout', '0'],
    ],
    {
      cwd: join(root, 'core'),
      stdio: 'inherit',
      env: { ...process.env, NODE_OPTIONS: '--conditions=af-source', ...env },
    }
  )
  const [code] = (await once(test, 'exit')) as [number | null]
  if (code !== 0) throw new Error(`${file} ended with ${code}: ${JSON.stringify(env)}`)
}

/** A seed that was not drawn before, as a rule. */
export const newSeed = (): string => String(Date.now() % 100_000)
