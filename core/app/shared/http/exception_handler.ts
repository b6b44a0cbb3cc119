import type { HttpContext } from '@adonisjs/core/http'
import { errors } from '@adonisjs/core/http'
import { isDatabaseAway } from '#shared/database_health'
import { Problem } from './problem.ts'

/** Turns whatever was thrown into problem+json. Nothing of an unexpected error leaves. */
export default class HttpExceptionHandler {
  async handle(error: unknown, ctx: HttpContext): Promise<void> {
    const problem = await toProblem(error)
    if (problem.status >= 500) {
      const level = problem.status === 503 ? 'warn' : 'error'
      ctx.logger[level]({ err: error, code: problem.code }, 'request failed')
    }
    const { response } = ctx
    // An event stream or a file that broke midway: the connection is all that can tell.
    if (response.response.headersSent) {
      response.response.destroy()
      return
    }
    response.status(problem.status)
    for (const [name, value] of Object.entries(problem.headers)) response.header(name, value)
    response.header('Content-Type', 'application/problem+json; charset=utf-8')
    response.header('Cache-Control', 'no-store')
    response.send(JSON.stringify(problem))
  }

  /** The framework calls both; `handle` has logged already. */
  report(): void {}
}

async function toProblem(error: unknown): Promise<Problem> {
  if (error instanceof Problem) return error
  if (error instanceof errors.E_ROUTE_NOT_FOUND) {
    return new Problem('not_found', { detail: 'There is no such address' })
  }
  if (await isDatabaseAway(error)) {
    return new Problem('unavailable', {
      detail: 'The database cannot be reached',
      retryAfter: 5,
      cause: error,
    })
  }
  return new Problem('internal_error', { cause: error })
}
