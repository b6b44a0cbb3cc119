import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { EmbeddedError } from '../errors.ts'

/** How to run PostgreSQL's programs: perhaps as another user, perhaps behind another program. */
export interface RunAs {
  user: { uid: number; gid: number } | undefined
  prefix: readonly string[]
}

const NAMESPACE = ['unshare', '--user', '--map-user=65534', '--map-group=65534', '--'] as const
const AS_IS: RunAs = { user: undefined, prefix: [] }

function succeeds(command: readonly string[], user?: RunAs['user']): boolean {
  const [program = '', ...rest] = command
  return spawnSync(program, rest, { cwd: '/', stdio: 'ignore', ...user }).status === 0
}

function accounts(): { uid: number; gid: number }[] {
  const passwd = readFileSync('/etc/passwd', 'utf8').split('\n')
  return ['postgres', 'nobody'].flatMap((name) => {
    const [, , uid, gid] = passwd.find((line) => line.startsWith(`${name}:`))?.split(':') ?? []
    return uid === undefined || gid === undefined ? [] : [{ uid: Number(uid), gid: Number(gid) }]
  })
}

/**
 * PostgreSQL refuses to run as root. As root, in this order:
 * - the data belong to another user already: become that user;
 * - a user namespace in which root is called `nobody` (works below /root, changes no owner);
 * - become `postgres` or `nobody`, which needs every directory above to be searchable.
 */
export function chooseUser(dataDir: string, postgres: string): RunAs {
  if (process.geteuid?.() !== 0) return AS_IS
  const owner = existsSync(join(dataDir, 'PG_VERSION')) ? statSync(dataDir) : undefined
  if (owner && owner.uid !== 0) return { user: { uid: owner.uid, gid: owner.gid }, prefix: [] }
  if (succeeds([...NAMESPACE, postgres, '--version'])) return { user: undefined, prefix: NAMESPACE }
  if (owner) {
    throw new EmbeddedError(
      'database_failed',
      `PostgreSQL: ${dataDir} belongs to root and this system has no user namespaces; give it to another user with chown -R`
    )
  }
  const user = accounts().find((account) => succeeds([postgres, '--version'], account))
  if (user) return { user, prefix: [] }
  throw new EmbeddedError(
    'database_failed',
    'PostgreSQL does not run as root: start as an ordinary user, or set DATABASE_URL'
  )
}
