import { z } from 'zod'
import { roles } from '#shared/http/types'
import { ACCESS_TOKEN_LIFETIME } from './access_tokens.ts'
import type User from './models/user.ts'

/** TRICKY: lower-casing comes first, so that the stored and the looked-up form are the same. */
export const emailField = z.string().trim().toLowerCase().max(254).pipe(z.email())

/** Length is what makes a password strong; the upper bound keeps hashing cheap to refuse. */
export const passwordField = z.string().min(8).max(200)

export const fullNameField = z.string().trim().min(1).max(200)

export const localeField = z.enum(['en', 'ru'])

export const TokenPairView = z
  .object({
    access_token: z.string(),
    refresh_token: z.string(),
    token_type: z.literal('Bearer'),
    expires_in: z.literal(ACCESS_TOKEN_LIFETIME).describe('Seconds'),
  })
  .meta({ id: 'TokenPair' })

export const UserView = z
  .object({
    id: z.string(),
    email: z.string(),
    full_name: z.string().nullable(),
    role: z.enum(roles),
    locale: localeField,
    created_at: z.iso.datetime({ offset: true }),
  })
  .meta({ id: 'User' })

export function userView(user: User): z.input<typeof UserView> {
  return {
    id: String(user.id),
    email: user.email,
    full_name: user.fullName,
    role: user.role,
    locale: user.locale,
    created_at: user.createdAt.toJSDate().toISOString(),
  }
}
