import { spawnSync } from 'node:child_process'
import app from '@adonisjs/core/services/app'
import { test } from '@japa/runner'

/** The server as somebody starts it, with these settings on top of the test's own. */
function start(settings: Record<string, string>): { code: number | null; told: string } {
  const run = spawnSync(process.execPath, ['--import=@poppinss/ts-exec', 'bin/server.ts'], {
    cwd: app.makePath(),
    env: { ...process.env, NODE_ENV: 'production', ...settings },
    encoding: 'utf8',
    timeout: 20_000,
  })
  return { code: run.status, told: run.stderr }
}

test.group('settings', () => {
  test('every wrong one is named, and nothing starts', ({ assert }) => {
    const { code, told } = start({
      PORT: 'abc',
      LOG_LEVEL: 'loud',
      AF_RATE_LIMIT_API: '-5',
      AF_PUBLIC_URL: 'analytics.example.com',
    })
    assert.equal(code, 1)
    for (const name of ['PORT', 'LOG_LEVEL', 'AF_RATE_LIMIT_API', 'AF_PUBLIC_URL']) {
      assert.include(told, name)
    }
    assert.notInclude(told, ' at ')
  })

  test('a weak key is refused, and not repeated', ({ assert }) => {
    const { code, told } = start({ APP_KEY: 'too-short-a-key' })
    assert.equal(code, 1)
    assert.include(told, 'APP_KEY')
    assert.notInclude(told, 'too-short-a-key')
  })

  test('a double of a vendor at an address that is not allowed is refused', ({ assert }) => {
    const { code, told } = start({ AF_VENDOR_BASE_URLS: 'api.vendor.test=http://127.0.0.1:4001' })
    assert.equal(code, 1)
    assert.include(told, 'AF_VENDOR_BASE_URLS: 127.0.0.1 is not in AF_OUTBOUND_ALLOW')
    assert.notInclude(told, ' at ')
  })

  test('an outside database needs a key that its processes share', ({ assert }) => {
    const { code, told } = start({ DATABASE_URL: 'postgres://u@127.0.0.1:9/x', APP_KEY: '' })
    assert.equal(code, 1)
    assert.include(told, 'APP_KEY is missing')
  })
})
