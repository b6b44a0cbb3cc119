import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { test } from '@japa/runner'
import { temporaryDirectory } from './engine.ts'

const core = fileURLToPath(new URL('../../', import.meta.url))

interface Server {
  child: ChildProcess
  /** Everything it said so far. */
  output: () => string
  /** Resolves when it is ready, or has ended. */
  settled: Promise<unknown>
  ended: Promise<unknown>
}

/** The application as `npm start` runs it, from its sources. */
function startServer(dataDir: string, port: number): Server {
  const { DATABASE_URL, CLICKHOUSE_URL, APP_KEY, ...env } = process.env
  const child = spawn(
    process.execPath,
    ['--conditions=af-source', '--import=@poppinss/ts-exec', 'bin/server.ts'],
    {
      cwd: core,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        ...env,
        NODE_ENV: 'production',
        AF_DATA_DIR: dataDir,
        HOST: '127.0.0.1',
        PORT: String(port),
        LOG_LEVEL: 'error',
      },
    }
  )
  let output = ''
  const ended = once(child, 'exit')
  const ready = new Promise<void>((resolve) => {
    const read = (chunk: Buffer) => {
      output += chunk.toString()
      if (output.includes('is ready')) resolve()
    }
    child.stdout.on('data', read)
    child.stderr.on('data', read)
  })
  return { child, output: () => output, settled: Promise.race([ready, ended]), ended }
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const { port } = probe.address() as AddressInfo
  probe.close()
  return port
}

function processesOf(directory: string): string[] {
  const { stdout } = spawnSync('ps', ['-eo', 'pid=,args='], { encoding: 'utf8' })
  return stdout.split('\n').filter((line) => line.includes(directory))
}

test.group('The application as a process', (group) => {
  let directory: string
  group.each.setup(() => {
    const { path, remove } = temporaryDirectory()
    directory = path
    return remove
  })

  test('starts on an empty directory, answers, and leaves nothing behind', async ({ assert }) => {
    const port = await freePort()
    const server = startServer(directory, port)
    await server.settled
    assert.include(server.output(), `AnalyticaFlow is ready: http://127.0.0.1:${port}\n`)
    const answer = await fetch(`http://127.0.0.1:${port}/api/v1/swagger.json`)
    assert.equal(answer.status, 200)

    const second = startServer(directory, await freePort())
    await second.ended
    assert.equal(second.child.exitCode, 1)
    assert.match(
      second.output(),
      new RegExp(`^[^\\n]* is used by process ${server.child.pid};[^\\n]*\\n$`)
    )

    server.child.kill('SIGTERM')
    server.child.kill('SIGINT')
    await server.ended
    assert.equal(server.child.exitCode, 0)
    assert.deepEqual(processesOf(directory), [])
  })

  test('a signal in the middle of the start ends everything', async ({ assert }) => {
    const server = startServer(directory, await freePort())
    for (let tries = 0; processesOf(directory).length === 0 && tries < 400; tries += 1) {
      await new Promise((resolve) => setTimeout(resolve, 25))
    }
    server.child.kill('SIGTERM')
    await server.ended
    assert.equal(server.child.exitCode, 0)
    assert.deepEqual(processesOf(directory), [])
  })

  test('a taken port and an unusable directory are one line each', async ({ assert }) => {
    const other = createServer().listen(0, '127.0.0.1')
    await once(other, 'listening')
    const { port } = other.address() as AddressInfo
    const refused = startServer(directory, port)
    await refused.ended
    other.close()
    assert.equal(refused.child.exitCode, 1)
    assert.match(refused.output(), new RegExp(`^The port is taken: [^\\n]*:${port}; [^\\n]*\\n$`))

    writeFileSync(join(directory, 'file'), '')
    const lost = startServer(join(directory, 'file', 'data'), await freePort())
    await lost.ended
    assert.equal(lost.child.exitCode, 1)
    assert.match(lost.output(), /^The data directory is not writable: [^\n]*AF_DATA_DIR\n$/)
    assert.deepEqual(processesOf(directory), [])
  })
})
