import { randomUUID } from 'node:crypto'
import db from '@adonisjs/lucid/services/db'
import { signAccessToken } from '#accounts/access_tokens'
import { User } from '#accounts/public'
import { hashPassword } from '#accounts/passwords'
import type { Role } from '#shared/http/types'
import { addMember } from '#projects/members'
import { Project, type PermissionLevel } from '#projects/public'

let count = 0

const hashes = new Map<string, Promise<string>>()

/** Hashing is slow on purpose; most accounts of a test share a password. */
function hashOnce(password: string): Promise<string> {
  const hash = hashes.get(password) ?? hashPassword(password)
  hashes.set(password, hash)
  return hash
}

export interface TestAccount {
  id: number
  email: string
  password: string
  user: User
  /** A living access token. */
  token: string
}

/** A registered user who is signed in. */
export async function signUp(
  options: { role?: Role; email?: string; password?: string } = {}
): Promise<TestAccount> {
  const email = options.email ?? `person${++count}@example.com`
  const password = options.password ?? 'correct horse'
  const user = await User.create({
    email,
    passwordHash: await hashOnce(password),
    fullName: null,
    role: options.role ?? 'marketer',
    locale: 'en',
  })
  const token = await signAccessToken({ userId: user.id, session: randomUUID() })
  return { id: user.id, email, password, user, token }
}

/** The same account with a new token: one lives for a quarter of an hour. */
export async function withNewToken(account: TestAccount): Promise<TestAccount> {
  const token = await signAccessToken({ userId: account.id, session: randomUUID() })
  return { ...account, token }
}

/** A project with its owner; the owner is signed up where none is given. */
export async function makeProject(
  options: { owner?: TestAccount; name?: string; currency?: string; timezone?: string } = {}
): Promise<{ project: Project; id: string; owner: TestAccount }> {
  const owner = options.owner ?? (await signUp())
  const project = await Project.create({
    name: options.name ?? `Project ${++count}`,
    ownerId: owner.id,
    currency: options.currency ?? 'EUR',
    timezone: options.timezone ?? 'UTC',
    weekStart: 'monday',
  })
  await addMember(project.id, owner.id, 'owner', db.connection())
  return { project, id: String(project.id), owner }
}

/** A signed-in user with this level in the project. */
export async function addTo(
  project: { project: Project },
  level: PermissionLevel,
  role: Role = 'marketer'
): Promise<TestAccount> {
  const account = await signUp({ role })
  await addMember(project.project.id, account.id, level, db.connection())
  return account
}
