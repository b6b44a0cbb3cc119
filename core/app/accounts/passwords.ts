import hash from '@adonisjs/core/services/hash'
import { randomToken } from '#shared/secret_tokens'
import User from './models/user.ts'

export const hashPassword = (password: string): Promise<string> => hash.make(password)

let decoy: Promise<string> | undefined

/**
 * The user with this e-mail and password. An unknown e-mail costs one hash too, so that the time of
 * the answer does not tell whether the e-mail is known.
 */
export async function findByCredentials(email: string, password: string): Promise<User | null> {
  const user = await User.findBy('email', email)
  decoy ??= hashPassword(randomToken())
  const matches = await hash.verify(user?.passwordHash ?? (await decoy), password)
  if (user === null || !matches || user.disabledAt !== null) return null
  if (hash.needsReHash(user.passwordHash)) {
    await user.merge({ passwordHash: await hashPassword(password) }).save()
  }
  return user
}

export const passwordMatches = (user: User, password: string): Promise<boolean> =>
  hash.verify(user.passwordHash, password)
