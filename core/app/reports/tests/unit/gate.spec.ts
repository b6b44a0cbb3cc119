import { test } from '@japa/runner'
import { Problem } from '#shared/http/problem'
import { Gate } from '../../queries/gate.ts'

/** A task that ends when it is told to. */
function held() {
  let release = () => {}
  const ended = new Promise<void>((resolve) => (release = resolve))
  return { task: () => ended, release }
}

test.group('Gate', () => {
  test('one project’s tasks wait for each other, another’s do not', async ({ assert }) => {
    const gate = new Gate({ running: 1, waiting: 1 })
    const first = held()
    const log: string[] = []
    const running = gate.run('a', first.task).then(() => log.push('first'))
    const waiting = gate.run('a', () => Promise.resolve(log.push('second')))
    await gate.run('b', () => Promise.resolve(log.push('other')))
    assert.deepEqual(log, ['other'])
    first.release()
    await Promise.all([running, waiting])
    assert.deepEqual(log, ['other', 'first', 'second'])
  })

  test('turns away who would wait too long, and opens again', async ({ assert }) => {
    const gate = new Gate({ running: 1, waiting: 0 })
    const first = held()
    const running = gate.run('a', first.task)
    const refused = await gate.run('a', () => Promise.resolve()).catch((error: unknown) => error)
    assert.instanceOf(refused, Problem)
    assert.equal((refused as Problem).code, 'rate_limited')
    first.release()
    await running
    assert.equal(await gate.run('a', () => Promise.resolve('in')), 'in')
  })

  test('a task that fails gives its place back', async ({ assert }) => {
    const gate = new Gate({ running: 1, waiting: 0 })
    await assert.rejects(() => gate.run('a', () => Promise.reject(new Error('no'))), 'no')
    assert.equal(await gate.run('a', () => Promise.resolve('in')), 'in')
  })
})
