import { createServer, connect, type Server, type Socket } from 'node:net'
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { test } from '@japa/runner'
import pg from 'pg'
import { useDatabases } from '#tests/databases'
import { queuePool } from '../../queue_pool.ts'

/** A way to the databases of this test that can be cut and opened again. */
async function detour(target: string) {
  const { host, port: number, user, password, database } = new pg.Client(target)
  const open = () =>
    host.startsWith('/') ? connect(`${host}/.s.PGSQL.${number}`) : connect(number, host)
  const sockets = new Set<Socket>()
  const server: Server = createServer((near) => {
    const far = open()
    for (const socket of [near, far]) {
      sockets.add(socket)
      socket.on('error', () => undefined)
      socket.on('close', () => [near, far].forEach((end) => end.destroy()))
    }
    near.pipe(far).pipe(near)
  })
  const listen = async (port: number) => {
    server.listen(port, '127.0.0.1')
    await once(server, 'listening')
    const address = server.address()
    return typeof address === 'object' ? (address?.port ?? 0) : 0
  }
  const port = await listen(0)
  const account = `${user ?? ''}:${encodeURIComponent(password ?? '')}`
  const url = `postgres://${account}@127.0.0.1:${port}/${database ?? ''}`
  const cut = async () => {
    const closed = once(server, 'close')
    server.close()
    for (const socket of sockets) socket.destroy()
    await closed
  }
  return { url, cut, mend: () => listen(port) }
}

test.group('connections of the queue', (group) => {
  useDatabases(group)

  test('who needs one while PostgreSQL is away gets it once it is back', async ({ assert }) => {
    const way = await detour(process.env.DATABASE_URL ?? '')
    const stopping = new AbortController()
    const pool = queuePool(way.url, 2, stopping.signal)
    const client = await pool.connect()
    const running = client.query('select pg_sleep(0.6)').then(
      () => 'done',
      (error: unknown) => (error as { code?: string }).code
    )
    await sleep(100)
    await way.cut()
    // The code after which the queue asks again.
    assert.equal(await running, '40001')
    client.release(true)

    const later = pool.connect()
    await sleep(200)
    await way.mend()
    const found = await later
    assert.deepEqual((await found.query('select 1 as n')).rows, [{ n: 1 }])
    found.release(true)

    await way.cut()
    stopping.abort()
    await assert.rejects(() => pool.connect())
    await pool.end()
  })
})
