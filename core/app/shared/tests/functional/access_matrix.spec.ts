import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import limiter from '@adonisjs/limiter/services/main'
import { ACCESS_TOKEN_LIFETIME, signAccessToken } from '#accounts/access_tokens'
import ApiKey from '#projects/models/api_key'
import type { Endpoint } from '#shared/http/endpoint'
import { mountedEndpoints } from '#shared/http/mount'
import type { Permission } from '#shared/http/types'
import { hashToken, randomToken } from '#shared/secret_tokens'
import { api } from '#tests/api'
import { useDatabases } from '#tests/databases'
import { addTo, makeProject, signUp } from '#tests/factories'

const callers = [
  'nobody',
  'expired',
  'viewer',
  'editor',
  'owner',
  'executive',
  'admin',
  'member of another project',
  'API key of another project',
] as const
type Caller = (typeof callers)[number]

const users: Caller[] = [
  'viewer',
  'editor',
  'owner',
  'executive',
  'admin',
  'member of another project',
]

/** Written out, not asked of the code under test. */
const permitted: Record<Exclude<Permission, 'public'>, Caller[]> = {
  account: users,
  admin: ['admin'],
  'projects.create': users.filter((user) => user !== 'executive'),
  'project.read': ['viewer', 'editor', 'owner', 'executive', 'admin'],
  'project.write': ['editor', 'owner', 'admin'],
  'project.manage': ['owner', 'admin'],
}

async function apiKey(project: {
  project: { id: number }
  owner: { id: number }
}): Promise<string> {
  const key = randomToken('af_')
  await ApiKey.create({
    projectId: project.project.id,
    createdBy: project.owner.id,
    name: 'key',
    prefix: key.slice(0, 9),
    hash: hashToken(key),
    permissions: ['project.read', 'project.write'],
  })
  return key
}

/** A project with everybody around it; new for each route, since some routes delete. */
async function cast(): Promise<{ id: string; tokens: Record<Caller, string | undefined> }> {
  const made = await makeProject()
  const foreign = await makeProject()
  const past = new Date(Date.now() - (ACCESS_TOKEN_LIFETIME + 60) * 1000)
  const session = '00000000-0000-4000-8000-000000000000'
  return {
    id: made.id,
    tokens: {
      nobody: undefined,
      expired: await signAccessToken({ userId: made.owner.id, session }, past),
      viewer: (await addTo(made, 'viewer')).token,
      editor: (await addTo(made, 'editor')).token,
      owner: made.owner.token,
      // An owner of the project even: the role alone must hold them back.
      executive: (await addTo(made, 'owner', 'executive')).token,
      admin: (await signUp({ role: 'admin' })).token,
      'member of another project': foreign.owner.token,
      'API key of another project': await apiKey(foreign),
    },
  }
}

/** The status and the code of the answer; `ok` where it is no error. */
async function call(
  endpoint: Endpoint,
  projectId: string,
  token: string | undefined
): Promise<[status: number, code: string]> {
  const path = endpoint.path.replace(':project_id', projectId).replaceAll(/:\w+/g, '999999')
  const json = endpoint.body !== undefined && endpoint.method !== 'GET' ? {} : undefined
  const { status, body } = await api(token).request<{ code?: string } | undefined>(
    endpoint.method,
    `/${path}`,
    { json }
  )
  return [status, body?.code ?? 'ok']
}

function refusal(caller: Caller): [status: number, code: string] {
  if (caller === 'nobody') return [401, 'token_missing']
  return caller === 'expired' ? [401, 'token_expired'] : [403, 'forbidden']
}

const exists = async (id: string) => (await db.from('projects').where('id', id).first()) !== null

test.group('access matrix', (group) => {
  useDatabases(group, { clickhouse: true })
  group.each.setup(async () => {
    await limiter.clear(['memory'])
  })

  test('{$self}')
    .with(() => mountedEndpoints().map((endpoint) => `${endpoint.method} ${endpoint.path}`))
    .run(async ({ assert }, name) => {
      const endpoint = mountedEndpoints().find((one) => `${one.method} ${one.path}` === name)
      if (endpoint === undefined) throw new Error(`${name} is not mounted`)
      const { id, tokens } = await cast()
      // Those who are refused first: nothing may have changed for those who are not.
      const allowed = endpoint.permission === 'public' ? callers : permitted[endpoint.permission]
      const refused = callers.filter((caller) => !allowed.includes(caller))

      for (const caller of refused) {
        assert.deepEqual(await call(endpoint, id, tokens[caller]), refusal(caller), caller)
      }
      for (const caller of allowed) {
        const [status, code] = await call(endpoint, id, tokens[caller])
        assert.isBelow(status, 500, caller)
        assert.notInclude(['token_missing', 'token_expired', 'token_invalid'], code, caller)
        // Once the owner has deleted it, the project is like an unknown one.
        if (await exists(id)) assert.notEqual(code, 'forbidden', caller)
      }
    })
})
