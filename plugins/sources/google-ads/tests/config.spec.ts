import { test } from '@japa/runner'
import { configForm } from '@analyticaflow/sdk'
import { Config } from '../src/config.ts'

test.group('Google Ads settings', () => {
  test('an account id is taken as Google shows it, or as digits', ({ assert }) => {
    for (const id of ['123-456-7890', '1234567890', ' 123-456-7890 ']) {
      assert.equal(Config.parse({ customer_id: id }).customer_id, '1234567890')
    }
    const through = Config.parse({ customer_id: '1234567890', login_customer_id: '111-222-3333' })
    assert.equal(through.login_customer_id, '1112223333')
  })

  test('anything else is refused with an example of what is meant', ({ assert }) => {
    for (const id of [
      'invalid-id',
      '123-456-789',
      '12345678901',
      '12-3456-7890',
      '１２３-456-7890',
      '',
    ]) {
      const [issue] = Config.safeParse({ customer_id: id }).error?.issues ?? []
      assert.deepEqual(issue?.path, ['customer_id'], id)
      assert.include(issue?.message, '123-456-7890')
    }
  })

  test('the lookback is 30 days unless set, and at most 90', ({ assert }) => {
    const account = { customer_id: '1234567890' }
    assert.equal(Config.parse(account).lookback_days, 30)
    assert.isFalse(Config.safeParse({ ...account, lookback_days: 91 }).success)
    assert.isFalse(Config.safeParse({ ...account, lookback_days: 0 }).success)
  })

  test('the form asks for the account only', ({ assert }) => {
    assert.deepEqual(configForm(Config).required, ['customer_id'])
  })
})
