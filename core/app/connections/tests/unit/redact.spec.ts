import { test } from '@japa/runner'
import { redactor } from '../../redact.ts'

test.group('redaction', () => {
  const redact = redactor({ token: 'can/ary "4711"', user: { key: 'second-secret' }, pin: '12' })

  test('hides secrets in texts, lists, objects, URLs and JSON', ({ assert }) => {
    const text = JSON.stringify(
      redact({
        url: `https://x.example/?t=${encodeURIComponent('can/ary "4711"')}`,
        lines: ['token can/ary "4711" refused', { key: 'second-secret' }],
        json: JSON.stringify({ t: 'can/ary "4711"' }),
        basic: Buffer.from('second-secret').toString('base64'),
      })
    )
    assert.notInclude(text, 'ary')
    assert.notInclude(text, 'second-secret')
    assert.notInclude(text, Buffer.from('second-secret').toString('base64'))
  })

  test('leaves everything else as it is', ({ assert }) => {
    assert.deepEqual(redact({ rows: 12, none: null, ok: true }), { rows: 12, none: null, ok: true })
    assert.equal(redact('12 rows'), '12 rows')
  })
})
