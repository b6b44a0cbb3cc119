import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { test } from '@japa/runner'
import { isBuilt, markBuilt } from '../start/build_stamp.ts'

const sources = [
  'package-lock.json',
  'sdk/src/index.ts',
  'plugins/a.ts',
  'core/app.ts',
  'web/src/a.tsx',
]
const outputs = [
  'core/build/bin/server.js',
  'core/build/ace.js',
  'sdk/dist/index.js',
  'web/dist/index.html',
]

test.group('Whether there is a build of these sources', (group) => {
  let root: string
  const write = (path: string, text = '') => {
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), text)
  }
  group.each.setup(() => {
    root = mkdtempSync(join(tmpdir(), 'af-stamp-'))
    for (const path of [...sources, ...outputs]) write(path)
    markBuilt(root)
    return () => rmSync(root, { recursive: true })
  })

  test('the same sources need no second build', ({ assert }) => {
    assert.isTrue(isBuilt(root))
    write('core/build/bin/another.js')
    write('sdk/tests/one.spec.ts')
    assert.isTrue(isBuilt(root))
  })

  test('a source that is changed, touched, new or gone needs one: {$self}')
    .with(['changed', 'touched', 'new', 'gone'])
    .run(({ assert }, how) => {
      if (how === 'changed') write('core/app.ts', 'changed')
      if (how === 'touched') utimesSync(join(root, 'web/src/a.tsx'), 1, 1)
      if (how === 'new') write('plugins/b.ts')
      if (how === 'gone') rmSync(join(root, 'sdk/src/index.ts'))
      assert.isFalse(isBuilt(root))
    })

  test('half a build is none', ({ assert }) => {
    rmSync(join(root, 'web/dist'), { recursive: true })
    assert.isFalse(isBuilt(root))
  })
})
