import { test } from '@japa/runner'
import { classify } from '../src/errors.ts'
import { failure } from './fake_google_ads.ts'

const now = new Date('2026-11-03T10:00:00Z')
const told = (reply: ReturnType<typeof failure>) =>
  classify({ status: reply.status ?? 200, headers: {}, body: reply.json, now })

test.group('what Google Ads refuses', () => {
  // apis: a delay may be hours; the run is put off until then.
  test('both quotas name the moment from which it is worth trying', ({ assert }) => {
    for (const code of ['RESOURCE_EXHAUSTED', 'RESOURCE_TEMPORARILY_EXHAUSTED']) {
      const error = told(failure(429, 'quotaError', code, '7200s'))
      assert.equal(error?.code, 'rate_limited')
      assert.deepEqual(error?.detail.retryAt, new Date('2026-11-03T12:00:00Z'))
    }
  })

  test('each cause has its own words and, where it is a setting, its field', ({ assert }) => {
    const causes = [
      ['authenticationError', 'OAUTH_TOKEN_REVOKED', 'auth_expired', undefined],
      ['authenticationError', 'NOT_ADS_USER', 'auth_expired', undefined],
      ['authenticationError', 'CUSTOMER_NOT_FOUND', 'config_invalid', 'customer_id'],
      ['authorizationError', 'USER_PERMISSION_DENIED', 'config_invalid', 'login_customer_id'],
      ['authorizationError', 'CUSTOMER_NOT_ENABLED', 'config_invalid', 'customer_id'],
      ['queryError', 'REQUESTED_METRICS_FOR_MANAGER', 'config_invalid', 'customer_id'],
      ['requestError', 'UNSUPPORTED_VERSION', 'vendor_response', undefined],
      ['dateRangeError', 'REQUESTED_DATE_GRANULARITY_NOT_SUPPORTED', 'config_invalid', 'from'],
      ['internalError', 'TRANSIENT_ERROR', 'vendor_unavailable', undefined],
    ] as const
    const words = causes.map(([kind, reason, code, field]) => {
      const error = told(failure(403, kind, reason))
      assert.equal(error?.code, code, reason)
      assert.equal(error?.detail.field, field, reason)
      return error?.userMessage
    })
    assert.lengthOf(new Set(words), causes.length)
  })

  test('a query that is refused names the code; a status without one is left to the client', ({
    assert,
  }) => {
    const error = told(failure(400, 'queryError', 'UNRECOGNIZED_FIELD'))
    assert.equal(error?.code, 'vendor_response')
    assert.include(error?.userMessage, 'UNRECOGNIZED_FIELD')
    assert.isUndefined(classify({ status: 503, headers: {}, body: 'busy', now }))
    assert.isUndefined(classify({ status: 200, headers: {}, body: [{ results: [] }], now }))
  })

  test('a scope that is missing is told by what stands before Google Ads', ({ assert }) => {
    const info = {
      '@type': 'type.googleapis.com/google.rpc.ErrorInfo',
      reason: 'ACCESS_TOKEN_SCOPE_INSUFFICIENT',
    }
    const body = [{ error: { code: 403, status: 'PERMISSION_DENIED', details: [info] } }]
    const error = classify({ status: 403, headers: {}, body, now })
    assert.equal(error?.code, 'auth_scope')
    assert.deepEqual(error?.detail.scopes, ['https://www.googleapis.com/auth/adwords'])
  })

  test('in the middle of a stream the failure comes bare', ({ assert }) => {
    const [{ error }] = failure(500, 'internalError', 'INTERNAL_ERROR').json as [{ error: unknown }]
    assert.equal(
      classify({ status: 200, headers: {}, body: error, now })?.code,
      'vendor_unavailable'
    )
  })
})
