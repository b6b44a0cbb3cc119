import type { HttpContext } from '@adonisjs/core/http'
import { authenticateUser, bearerToken, findAccount } from '#accounts/public'
import { Problem } from '#shared/http/problem'
import type { AccessRules, Account, Permission, ProjectPermission } from '#shared/http/types'
import { parseId } from '#shared/ids'
import { API_KEY_PREFIX, authenticateApiKey } from './api_keys.ts'
import { levelOf } from './members.ts'
import Project from './models/project.ts'
import { mayEver, mayIn } from './permissions.ts'

function authenticate(ctx: HttpContext): Promise<Account> {
  const token = bearerToken(ctx)
  return token.startsWith(API_KEY_PREFIX) ? authenticateApiKey(token) : authenticateUser(token)
}

function permit(account: Account, permission: Permission): void {
  if (!mayEver(account, permission)) throw new Problem('forbidden')
}

/** TRICKY: unknown and foreign projects must be the same answer, or ids could be probed. */
async function openProject(
  account: Account,
  projectId: string,
  permission: ProjectPermission
): Promise<Project> {
  const id = parseId(projectId)
  if (id === null) throw new Problem('forbidden')
  const [project, level] = await Promise.all([
    Project.find(id),
    account.kind === 'user' ? levelOf(id, account.id) : null,
  ])
  if (project === null) throw new Problem('forbidden')
  if (!mayIn(account, project, level, permission)) throw new Problem('forbidden')
  return project
}

/** Who may do what, for the request pipeline. */
export const accessRules: AccessRules = { authenticate, permit, openProject }

/** Whether a user who began something may still end it: they may have left the project since. */
export async function mayStill(
  userId: number,
  projectId: number,
  permission: ProjectPermission
): Promise<boolean> {
  const account = await findAccount(userId)
  if (account === undefined) return false
  return mayIn(account, { id: projectId }, await levelOf(projectId, userId), permission)
}
