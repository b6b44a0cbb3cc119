import { z } from 'zod'
import { actor, audit } from '#shared/audit'
import { endpoint } from '#shared/http/endpoint'
import { dataOf } from '#shared/http/pagination'
import { invalidField } from '#shared/http/problem'
import { spend } from '#shared/http/rate_limit'
import { verifyAccessToken } from '../access_tokens.ts'
import { bearerToken } from '../authenticate.ts'
import User from '../models/user.ts'
import { hashPassword, passwordMatches } from '../passwords.ts'
import { endOtherSessions } from '../refresh_tokens.ts'
import { fullNameField, localeField, passwordField, UserView, userView } from '../schemas.ts'
import { signInLimit } from './tokens.ts'

export const showMe = endpoint({
  method: 'GET',
  path: '/me',
  permission: 'account',
  tag: 'account',
  summary: 'The signed-in user',
  responses: { 200: dataOf(UserView) },
  handle: async ({ account, reply }) =>
    reply(200, { data: userView(await User.findOrFail(account.id)) }),
})

export const updateMe = endpoint({
  method: 'PATCH',
  path: '/me',
  permission: 'account',
  tag: 'account',
  summary: 'Change name, language or password',
  description: 'A new password needs the current one and ends all other sessions.',
  body: z
    .strictObject({
      full_name: fullNameField.nullable().optional(),
      locale: localeField.optional(),
      password: passwordField.optional(),
      current_password: z.string().min(1).max(200).optional(),
    })
    .refine((body) => body.password === undefined || body.current_password !== undefined, {
      path: ['current_password'],
      message: 'The current password is needed to set a new one',
    }),
  responses: { 200: dataOf(UserView) },
  // The password must not lie in the store of answers, not even as part of a fingerprint.
  idempotent: false,
  handle: async ({ ctx, account, body, reply }) => {
    const user = await User.findOrFail(account.id)
    if (body.full_name !== undefined) user.fullName = body.full_name
    if (body.locale !== undefined) user.locale = body.locale
    if (body.password === undefined) {
      await user.save()
      return reply(200, { data: userView(user) })
    }

    await spend(ctx, signInLimit, `password:${user.id}`)
    if (!(await passwordMatches(user, body.current_password ?? ''))) {
      throw invalidField('current_password', 'wrong', 'This is not the current password')
    }
    user.passwordHash = await hashPassword(body.password)
    await user.save()
    const { session } = await verifyAccessToken(bearerToken(ctx))
    await endOtherSessions(user.id, session)
    await audit(ctx, { action: 'user.password_changed', ...actor(account) })
    return reply(200, { data: userView(user) })
  },
})
