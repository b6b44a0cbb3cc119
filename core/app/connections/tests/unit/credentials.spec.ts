import { test } from '@japa/runner'
import { CredentialsUnreadable, CredentialVault } from '../../credentials.ts'

const OLD = 'the first secret of this installation, long enough'
const NEW = 'the second secret of this installation, long enough'
const owner = { projectId: 1, integrationId: '7' }
const secrets = { token: 'canary-4711', nested: { pin: 'ü' } }

test.group('credentials', () => {
  test('opens for their owner alone', ({ assert }) => {
    const vault = new CredentialVault([OLD])
    const sealed = vault.encrypt(secrets, owner)
    assert.deepEqual(vault.decrypt(sealed, owner), secrets)
    assert.throws(
      () => vault.decrypt(sealed, { ...owner, integrationId: '8' }),
      CredentialsUnreadable
    )
    assert.throws(() => vault.decrypt(sealed, { ...owner, projectId: 2 }), CredentialsUnreadable)
  })

  test('shows nothing of the secrets and never looks the same twice', ({ assert }) => {
    const vault = new CredentialVault([OLD])
    const sealed = vault.encrypt(secrets, owner)
    assert.notInclude(sealed, 'canary')
    assert.notInclude(Buffer.from(sealed, 'base64url').toString('latin1'), 'canary')
    assert.notEqual(sealed, vault.encrypt(secrets, owner))
  })

  test('a changed byte is noticed, wherever it stands', ({ assert }) => {
    const vault = new CredentialVault([OLD])
    const sealed = vault.encrypt(secrets, owner)
    const fields = sealed.split('.')
    for (const [index, field] of fields.entries()) {
      const changed = field.startsWith('A') ? `B${field.slice(1)}` : `A${field.slice(1)}`
      const broken = fields.with(index, changed).join('.')
      assert.throws(() => vault.decrypt(broken, owner), CredentialsUnreadable)
    }
  })

  test('an earlier key still opens, and is known to be outdated', ({ assert }) => {
    const sealed = new CredentialVault([OLD]).encrypt(secrets, owner)
    const rotated = new CredentialVault([NEW, OLD])
    assert.deepEqual(rotated.decrypt(sealed, owner), secrets)
    assert.isTrue(rotated.isOutdated(sealed))
    assert.isFalse(rotated.isOutdated(rotated.encrypt(secrets, owner)))
    assert.throws(() => new CredentialVault([NEW]).decrypt(sealed, owner), CredentialsUnreadable)
  })
})
