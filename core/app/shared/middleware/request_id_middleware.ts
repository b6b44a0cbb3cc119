import { randomUUID } from 'node:crypto'
import type { HttpContext } from '@adonisjs/core/http'
import logger from '@adonisjs/core/services/logger'
import type { NextFn } from '@adonisjs/core/types/http'

/** A gateway's X-Request-Id is kept where it looks like an id; anything else gets a new one. */
export default class RequestIdMiddleware {
  async handle(ctx: HttpContext, next: NextFn): Promise<void> {
    if (!/^[\w.-]{8,64}$/.test(ctx.request.id() ?? '')) {
      const id = randomUUID()
      ctx.request.request.headers['x-request-id'] = id
      ctx.logger = logger.child({ request_id: id })
    }
    // Now, not when Adonis finishes the response: files are sent past it.
    ctx.response.setRequestId()
    await next()
  }
}
