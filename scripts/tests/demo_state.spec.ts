import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from '@japa/runner'
import { demoState } from '../demo/state.ts'

test.group('the state of a demo', (group) => {
  let folder = ''
  group.each.setup(() => {
    folder = mkdtempSync(join(tmpdir(), 'demo-'))
    return () => {
      rmSync(folder, { recursive: true })
    }
  })

  test('a later start finds the same user and the same shop', ({ assert }) => {
    const first = demoState(folder, new Date('2026-11-29T10:00:00Z'))
    assert.equal(first.from, '2025-05-29')
    assert.deepEqual(demoState(folder, new Date('2026-12-24T10:00:00Z')), first)
  })

  test('each directory has a password of its own, which only its owner reads', ({ assert }) => {
    const { password } = demoState(folder)
    const other = mkdtempSync(join(tmpdir(), 'demo-'))
    assert.notEqual(demoState(other).password, password)
    assert.isAtLeast(password.length, 20)
    const file = join(folder, 'demo/state.json')
    assert.include(readFileSync(file, 'utf8'), password)
    assert.equal(statSync(file).mode & 0o077, 0)
    assert.equal(statSync(join(folder, 'demo')).mode & 0o077, 0)
    rmSync(other, { recursive: true })
  })
})
