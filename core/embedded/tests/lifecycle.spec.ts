import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { test } from '@japa/runner'
import pg from 'pg'
import { attachDatabases, ownDatabases, type Databases } from '../databases.ts'
import { dataDirectory } from '../directory.ts'
import { readJson } from '../json_file.ts'
import { assertPortFree } from '../port.ts'
import { eventually, quietClient, temporaryDirectory } from './engine.ts'

const both = { postgres: true, clickhouse: true }
const silent = () => undefined

interface Owner {
  child: ChildProcess
  next: () => Promise<string>
}

/** The databases owned by another process, so that it can be killed. */
function ownElsewhere(directory: string, mode = 'own'): Owner {
  const script = fileURLToPath(new URL('./owner.ts', import.meta.url))
  const child = spawn(process.execPath, [script, directory, mode], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  return { child, next: async () => String((await lines.next()).value) }
}

function pids(directory: string): number[] {
  const { postgresState, clickhouseState } = dataDirectory(directory)
  return [postgresState, clickhouseState].map((file) => {
    const state = readJson(file)
    return state instanceof Object && 'pid' in state ? Number(state.pid) : 0
  })
}

/** Every process that names the directory, the databases' own children included. */
function processesOf(directory: string): string[] {
  const { stdout } = spawnSync('ps', ['-eo', 'pid=,args='], { encoding: 'utf8' })
  return stdout.split('\n').filter((line) => line.includes(directory))
}

async function ask(databases: Databases): Promise<number> {
  const pool = new pg.Client({ connectionString: databases.databaseUrl })
  const client = quietClient(databases.clickhouseUrl)
  try {
    await pool.connect()
    const fromPostgres = await pool.query<{ n: number }>('SELECT 20 AS n')
    const answer = await client.query({ query: 'SELECT 22 AS n', format: 'JSONEachRow' })
    const [row] = await answer.json<{ n: number }>()
    return (fromPostgres.rows[0]?.n ?? 0) + (row?.n ?? 0)
  } finally {
    await pool.end().catch(silent)
    await client.close()
  }
}

test.group('One owner per data directory', (group) => {
  let directory: string
  group.each.setup(() => {
    const { path, remove } = temporaryDirectory()
    directory = path
    return remove
  })

  test('starts, keeps its data, leaves no process', async ({ assert }) => {
    for (const expected of ['0', '1']) {
      const databases = await ownDatabases(directory, both, silent)
      assert.equal(await ask(databases), 42)
      const client = quietClient(databases.clickhouseUrl)
      await client.command({
        query: 'CREATE TABLE IF NOT EXISTS kept (a UInt8) ENGINE = MergeTree ORDER BY a',
      })
      const answer = await client.query({
        query: 'SELECT count() FROM kept',
        format: 'TabSeparated',
      })
      assert.equal((await answer.text()).trim(), expected)
      await client.insert({ table: 'kept', values: [{ a: 1 }], format: 'JSONEachRow' })
      await client.close()
      await databases.release()
      assert.deepEqual(processesOf(directory), [])
    }
  })

  test('a second owner is refused, a guest is welcome', async ({ assert }) => {
    const databases = await ownDatabases(directory, both, silent)
    await assert.rejects(
      () => ownDatabases(directory, both, silent),
      new RegExp(`in use: .* is used by process ${process.pid}`)
    )
    const guest = await attachDatabases(directory, both)
    assert.equal(guest.databaseUrl, databases.databaseUrl)
    assert.equal(await ask(guest), 42)
    await guest.release()
    assert.equal(await ask(databases), 42)
    await databases.release()
    await assert.rejects(() => attachDatabases(directory, both), /There is no database/)
  })

  test('what a killed owner left behind is adopted', async ({ assert }) => {
    const owner = ownElsewhere(directory)
    await owner.next()
    const left = pids(directory)
    owner.child.kill('SIGKILL')
    await once(owner.child, 'exit')
    const databases = await ownDatabases(directory, both, silent)
    assert.deepEqual(pids(directory), left)
    assert.equal(await ask(databases), 42)
    await databases.release()
    assert.deepEqual(processesOf(directory), [])
  })

  test('a database that is killed comes back at the same address', async ({ assert }) => {
    const log: string[] = []
    const databases = await ownDatabases(directory, both, (_, message) => log.push(message))
    const before = pids(directory)
    for (const pid of before) process.kill(pid, 'SIGKILL')
    await eventually(async () => (await ask(databases).catch(() => 0)) === 42)
    await eventually(() =>
      Promise.resolve(log.filter((line) => line.includes('runs again')).length === 2)
    )
    for (const pid of before) assert.notInclude(pids(directory), pid)
    assert.match(log.join('\n'), /ClickHouse \(process \d+\) has ended, starting it again/)
    await databases.release()
    assert.deepEqual(processesOf(directory), [])
  })

  test('a lock whose process is gone, or whose number is used again, is void', async ({
    assert,
  }) => {
    const { lock } = dataDirectory(directory)
    mkdirSync(join(directory, 'run'), { recursive: true })
    writeFileSync(lock, JSON.stringify({ pid: process.ppid, startedAt: 'long ago' }))
    const databases = await ownDatabases(directory, { postgres: true, clickhouse: false }, silent)
    await databases.release()
    assert.deepEqual(processesOf(directory), [])
  })

  test('a directory that cannot be written is named in one line', async ({ assert }) => {
    const file = join(directory, 'a file')
    writeFileSync(file, '')
    const error: unknown = await ownDatabases(join(file, 'data'), both, silent).catch(
      (thrown: unknown) => thrown
    )
    assert.include(error, { code: 'directory_not_writable' })
    assert.notInclude(String(error), '\n')
    assert.include(String(error), 'AF_DATA_DIR')
  })

  test('what does not start takes the other with it', async ({ assert }) => {
    mkdirSync(join(directory, 'postgres'))
    writeFileSync(join(directory, 'postgres', 'PG_VERSION'), '9\n')
    const error: unknown = await ownDatabases(directory, both, silent).catch(
      (thrown: unknown) => thrown
    )
    assert.match(String(error), /was written by PostgreSQL 9/)
    assert.deepEqual(processesOf(directory), [])
  })

  test('secrets are for their owner only', async ({ assert }) => {
    const databases = await ownDatabases(directory, { postgres: false, clickhouse: true }, silent)
    const { clickhouseState } = dataDirectory(directory)
    assert.equal(statSync(clickhouseState).mode & 0o077, 0)
    const password = new URL(databases.clickhouseUrl).password
    assert.notInclude(processesOf(directory).join('\n'), password)
    await databases.release()
    for (const name of readdirSync(join(directory, 'logs'))) {
      assert.notInclude(readFileSync(join(directory, 'logs', name), 'utf8'), password)
    }
  })
})

test('a port that is taken is known before anything starts', async ({ assert }) => {
  const other = createServer().listen(0, '127.0.0.1')
  await once(other, 'listening')
  const { port } = other.address() as AddressInfo
  await assert.rejects(() => assertPortFree('127.0.0.1', port), /EADDRINUSE/)
  other.close()
  await once(other, 'close')
  await assertPortFree('127.0.0.1', port)
})

test.group('Crash of the engine', () => {
  test('every acknowledged row is there, and none twice', async ({ assert }) => {
    const { path, remove } = temporaryDirectory()
    let acknowledged = 0
    for (let round = 0; round < 3; round += 1) {
      const owner = ownElsewhere(path, 'insert')
      await owner.next()
      const [, engine = 0] = pids(path)
      for (let lines = 0; lines < 15; lines += 1) acknowledged = Number(await owner.next())
      process.kill(engine, 'SIGKILL')
      owner.child.kill('SIGKILL')
      await once(owner.child, 'exit')
      for (let line = await owner.next(); line !== 'undefined'; line = await owner.next()) {
        acknowledged = Number(line)
      }
    }
    const databases = await ownDatabases(path, both, silent)
    const client = quietClient(databases.clickhouseUrl)
    const answer = await client.query({
      query: 'SELECT count() AS n, uniqExact(id) AS ids, max(id) AS last FROM rows',
      format: 'JSONEachRow',
    })
    const [row = { n: 0, ids: 1, last: 0 }] =
      await answer.json<Record<'n' | 'ids' | 'last', number>>()
    assert.equal(row.n, row.ids)
    assert.isAtLeast(row.last, acknowledged)
    // At most the one block that was on its way may be there without its acknowledgement.
    assert.isAtMost(row.last, acknowledged + 1000 * 3)
    await client.close()
    await databases.release()
    remove()
  })
})
