import { test } from '@japa/runner'
import logger from '@adonisjs/core/services/logger'
import { takeLogs } from '#tests/log_capture'

test.group('the log', () => {
  test('hides secrets wherever they stand in what is logged', ({ assert }) => {
    takeLogs()
    logger.info({
      password: 'canary',
      headers: { authorization: 'canary', cookie: 'canary' },
      integration: { config: { credentials: { key: 'canary' }, access_token: 'canary' } },
    })
    const logs = takeLogs()
    assert.include(logs, '[redacted]')
    assert.notInclude(logs, 'canary')
  })

  test('hides what libraries put into their errors', ({ assert }) => {
    takeLogs()
    const cause = Object.assign(new Error('connect postgres://app:canary@db/app failed'), {
      code: '23505',
      detail: 'Key (email)=(canary) already exists.',
      config: { headers: { authorization: 'canary' } },
    })
    logger.error({ err: new Error('outer', { cause }) }, 'failed')
    const logs = takeLogs()
    assert.include(logs, '23505')
    assert.include(logs, 'outer')
    assert.notInclude(logs, 'canary')
  })
})
