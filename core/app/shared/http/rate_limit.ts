import { errors } from '@adonisjs/limiter'
import limiter from '@adonisjs/limiter/services/main'
import type { HttpContext } from '@adonisjs/core/http'
import env from '#start/env'
import { Problem } from './problem.ts'
import type { Account } from './types.ts'

export interface Limit {
  /** Distinguishes what is counted: the same caller has one count per name. */
  name: string
  requests: number
  /** Seconds. */
  window: number
}

export const apiLimit: Limit = {
  name: 'api',
  requests: env.get('AF_RATE_LIMIT_API', 600),
  window: 60,
}

interface Standing {
  limit: number
  remaining: number
  availableIn: number
}

function writeHeaders(ctx: HttpContext, { window }: Limit, standing: Standing): void {
  ctx.response.header('RateLimit-Policy', `${standing.limit};w=${window}`)
  ctx.response.header('RateLimit-Limit', String(standing.limit))
  ctx.response.header('RateLimit-Remaining', String(Math.max(0, standing.remaining)))
  ctx.response.header('RateLimit-Reset', String(Math.max(0, Math.ceil(standing.availableIn))))
}

/** Counts one request for the key; over the limit it answers 429 with the seconds to wait. */
export async function spend(ctx: HttpContext, limit: Limit, key: string): Promise<void> {
  const counter = limiter.use({ requests: limit.requests, duration: limit.window })
  try {
    writeHeaders(ctx, limit, await counter.consume(`${limit.name}:${key}`))
  } catch (error) {
    if (!(error instanceof errors.E_TOO_MANY_REQUESTS)) throw error
    writeHeaders(ctx, limit, error.response)
    throw new Problem('rate_limited', {
      detail: `At most ${limit.requests} requests per ${limit.window} seconds`,
      retryAfter: error.response.availableIn,
      cause: error,
    })
  }
}

/** Who a request is counted for: the key or user that makes it, else the address it comes from. */
export function callerKey(ctx: HttpContext, account: Account | undefined): string {
  if (account?.apiKey !== undefined) return `key:${account.apiKey.id}`
  return account === undefined ? `ip:${ctx.request.ip()}` : `user:${account.id}`
}
