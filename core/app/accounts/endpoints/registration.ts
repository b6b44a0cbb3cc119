import { z } from 'zod'
import { audit } from '#shared/audit'
import { dataOf } from '#shared/http/pagination'
import { endpoint } from '#shared/http/endpoint'
import { spend } from '#shared/http/rate_limit'
import { registerUser, registrationState } from '../register_user.ts'
import { emailField, fullNameField, passwordField, UserView, userView } from '../schemas.ts'
import { signInLimit } from './tokens.ts'

export const showRegistration = endpoint({
  method: 'GET',
  path: '/auth/register',
  permission: 'public',
  tag: 'auth',
  summary: 'Whether registration is open, and whether the first user is still awaited',
  responses: { 200: dataOf(z.object({ open: z.boolean(), first_user: z.boolean() })) },
  handle: async ({ reply }) => reply(200, { data: await registrationState() }),
})

export const register = endpoint({
  method: 'POST',
  path: '/auth/register',
  permission: 'public',
  tag: 'auth',
  summary: 'Create a user',
  description:
    'Open while no user exists (the first becomes admin), where an admin has opened registration, ' +
    'and with an invitation token.',
  body: z.object({
    email: emailField,
    password: passwordField,
    full_name: fullNameField.optional(),
    invitation_token: z.string().min(1).max(200).optional(),
  }),
  responses: { 201: dataOf(UserView) },
  problems: ['registration_closed'],
  handle: async ({ ctx, body, reply }) => {
    await spend(ctx, { ...signInLimit, name: 'register' }, ctx.request.ip())
    const user = await registerUser({
      email: body.email,
      password: body.password,
      fullName: body.full_name,
      invitationToken: body.invitation_token,
    })
    await audit(ctx, {
      action: 'user.registered',
      actorId: user.id,
      target: `user:${user.id}`,
      details: { role: user.role },
    })
    return reply(201, { data: userView(user) })
  },
})
