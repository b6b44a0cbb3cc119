import { test } from '@japa/runner'
import type { Account, ProjectPermission, Role } from '#shared/http/types'
import { mayEver, mayIn, type PermissionLevel } from '#projects/permissions'

const account = (role: Role): Account => ({
  id: 1,
  role,
  kind: 'user',
  user: { id: 1, email: 'a@example.com', fullName: null, role },
})

const key = (permissions: ProjectPermission[]): Account => ({
  ...account('marketer'),
  kind: 'api_key',
  apiKey: { id: 1, projectId: 7, permissions },
})

const project = { id: 7 }
const R = 'project.read'
const W = 'project.write'
const M = 'project.manage'

test.group('who may do what in a project', () => {
  const table: [Role, PermissionLevel | null, ProjectPermission[]][] = [
    ['marketer', null, []],
    ['marketer', 'viewer', [R]],
    ['marketer', 'editor', [R, W]],
    ['marketer', 'owner', [R, W, M]],
    ['executive', null, []],
    ['executive', 'viewer', [R]],
    ['executive', 'editor', [R]],
    ['executive', 'owner', [R]],
    ['admin', null, [R, W, M]],
    ['admin', 'viewer', [R, W, M]],
  ]
  for (const [role, level, allowed] of table) {
    test(`${role} as ${level ?? 'stranger'}: ${allowed.join(', ') || 'nothing'}`, ({ assert }) => {
      const granted = ([R, W, M] as const).filter((permission) =>
        mayIn(account(role), project, level, permission)
      )
      assert.deepEqual(granted, allowed)
    })
  }

  test('an API key does what it was given, in its own project', ({ assert }) => {
    assert.isTrue(mayIn(key([R]), project, null, R))
    assert.isFalse(mayIn(key([R]), project, null, W))
    assert.isFalse(mayIn(key([R, W]), { id: 8 }, null, R))
  })
})

test.group('who may do what at all', () => {
  test('executives create no projects', ({ assert }) => {
    assert.isTrue(mayEver(account('marketer'), 'projects.create'))
    assert.isTrue(mayEver(account('admin'), 'projects.create'))
    assert.isFalse(mayEver(account('executive'), 'projects.create'))
  })

  test('administration is for admins', ({ assert }) => {
    assert.isTrue(mayEver(account('admin'), 'admin'))
    assert.isFalse(mayEver(account('marketer'), 'admin'))
  })

  test('an API key is no user', ({ assert }) => {
    assert.isFalse(mayEver(key([R, W]), 'account'))
    assert.isFalse(mayEver(key([R, W]), 'projects.create'))
    assert.isFalse(mayEver(key([R, W]), 'admin'))
  })
})
