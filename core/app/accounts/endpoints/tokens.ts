import { z } from 'zod'
import env from '#start/env'
import { audit } from '#shared/audit'
import { empty, endpoint } from '#shared/http/endpoint'
import { Problem } from '#shared/http/problem'
import { spend, type Limit } from '#shared/http/rate_limit'
import { hashToken } from '#shared/secret_tokens'
import { findByCredentials } from '../passwords.ts'
import { revokeRefreshToken, rotateRefreshToken } from '../refresh_tokens.ts'
import { emailField, TokenPairView } from '../schemas.ts'
import { tokenPair } from '../sessions.ts'
import User from '../models/user.ts'

export const signInLimit: Limit = {
  name: 'sign_in',
  requests: env.get('AF_RATE_LIMIT_SIGN_IN', 10),
  window: 60,
}

/** Tokens must not linger in any cache on the way (RFC 6749). */
const uncached = { 'Cache-Control': 'no-store' }

export const signIn = endpoint({
  method: 'POST',
  path: '/auth/token',
  permission: 'public',
  tag: 'auth',
  summary: 'Sign in with e-mail and password',
  body: z.object({ email: emailField, password: z.string().min(1).max(200) }),
  responses: { 200: TokenPairView },
  problems: ['invalid_credentials'],
  handle: async ({ ctx, body, reply }) => {
    // Per account against many addresses, per address and account against one; hashed, since the
    // counters may lie in a table.
    const account = hashToken(body.email)
    await spend(ctx, signInLimit, `account:${account}`)
    await spend(ctx, signInLimit, `address:${ctx.request.ip()}:${account}`)
    const user = await findByCredentials(body.email, body.password)
    if (user === null) {
      ctx.logger.warn({ address: ctx.request.ip() }, 'sign-in refused')
      throw new Problem('invalid_credentials')
    }
    await audit(ctx, { action: 'session.started', actorId: user.id })
    return reply(200, await tokenPair(user.id), uncached)
  },
})

export const refresh = endpoint({
  method: 'POST',
  path: '/auth/refresh',
  permission: 'public',
  tag: 'auth',
  summary: 'Exchange a refresh token for a new pair',
  description:
    'The presented token dies. A token presented again ends the whole session. Of two simultaneous ' +
    'requests one wins; the other answers 409 and should use what the winner got.',
  body: z.object({ refresh_token: z.string().min(1).max(200) }),
  responses: { 200: TokenPairView },
  problems: ['refresh_token_invalid', 'conflict'],
  handle: async ({ ctx, body, reply }) => {
    const rotation = await rotateRefreshToken(body.refresh_token)
    switch (rotation.outcome) {
      case 'concurrent':
        throw new Problem('conflict', { detail: 'Another request has just refreshed this session' })
      case 'reused':
        ctx.logger.warn({ user: rotation.userId, family: rotation.family }, 'refresh token reused')
        await audit(ctx, { action: 'session.reuse_detected', actorId: rotation.userId })
        throw new Problem('refresh_token_invalid')
      case 'unknown':
        throw new Problem('refresh_token_invalid')
      case 'rotated': {
        const user = await User.find(rotation.userId)
        if (user?.disabledAt !== null) throw new Problem('refresh_token_invalid')
        return reply(200, await tokenPair(user.id, rotation.next), uncached)
      }
    }
  },
})

export const revoke = endpoint({
  method: 'POST',
  path: '/auth/revoke',
  permission: 'public',
  tag: 'auth',
  summary: 'Sign out: end the session of a refresh token',
  description: 'Answers 204 for unknown tokens too. Access tokens expire by themselves.',
  body: z.object({ refresh_token: z.string().min(1).max(200) }),
  responses: { 204: empty },
  handle: async ({ ctx, body, reply }) => {
    const ended = await revokeRefreshToken(body.refresh_token)
    if (ended !== null) await audit(ctx, { action: 'session.ended', actorId: ended.userId })
    return reply(204)
  },
})
