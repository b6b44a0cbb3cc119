import type { HttpContext } from '@adonisjs/core/http'
import { Problem } from '#shared/http/problem'
import type { Account } from '#shared/http/types'
import { verifyAccessToken } from './access_tokens.ts'
import User from './models/user.ts'

/** What follows `Bearer` in the Authorization header. */
export function bearerToken(ctx: HttpContext): string {
  const token = /^Bearer +(\S+)$/i.exec(ctx.request.header('authorization') ?? '')?.[1]
  if (token === undefined) {
    throw new Problem('token_missing', {
      detail: 'Send Authorization: Bearer <access token>',
      headers: { 'WWW-Authenticate': 'Bearer' },
    })
  }
  return token
}

/** The signed-in user as the caller, if the account still exists and is not disabled. */
export async function authenticateUser(token: string): Promise<Account> {
  const { userId } = await verifyAccessToken(token)
  const user = await User.find(userId)
  if (user?.disabledAt !== null) throw new Problem('token_invalid')
  return accountOf(user)
}

/** A user as a caller; nothing for those who are gone or disabled. */
export async function findAccount(userId: number): Promise<Account | undefined> {
  const user = await User.find(userId)
  return user?.disabledAt === null ? accountOf(user) : undefined
}

export function accountOf(user: User): Account {
  return {
    id: user.id,
    role: user.role,
    kind: 'user',
    user: { id: user.id, email: user.email, fullName: user.fullName, role: user.role },
  }
}
