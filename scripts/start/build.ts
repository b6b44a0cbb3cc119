import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { markBuilt } from './build_stamp.ts'

const WORKSPACES = ['sdk', 'plugins', 'core', 'web']

/** Passes Ctrl-C and SIGTERM on to the build, and ends with it. */
function forwardSignals(child: ChildProcess): () => void {
  const forward = (signal: NodeJS.Signals) => child.kill(signal)
  process.on('SIGTERM', forward).on('SIGINT', forward)
  return () => process.off('SIGTERM', forward).off('SIGINT', forward)
}

/** Builds everything that `npm start` runs. */
export async function build(root: string): Promise<void> {
  process.stdout.write(`Building ${WORKSPACES.join(', ')} …\n`)
  const child = spawn('npm', ['run', 'build', '--workspaces', '--if-present', '--silent'], {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
  })
  const stopForwarding = forwardSignals(child)
  const [code, signal] = (await once(child, 'exit')) as [number | null, NodeJS.Signals | null]
  stopForwarding()
  if (code === 0) {
    markBuilt(root)
    return
  }
  if (signal === null) process.stderr.write('The build failed; nothing was started.\n')
  process.exit(code ?? 1)
}
