import type { HttpContext } from '@adonisjs/core/http'
import type { NextFn } from '@adonisjs/core/types/http'

/** One line per request, without its query string: search terms and codes live there. */
export default class RequestLogMiddleware {
  async handle(ctx: HttpContext, next: NextFn): Promise<void> {
    const started = performance.now()
    ctx.response.onFinish(() => {
      if (ctx.route?.pattern.startsWith('/health/')) return
      ctx.logger.info(
        {
          method: ctx.request.method(),
          path: ctx.request.url(),
          route: ctx.route?.pattern,
          status: ctx.response.response.statusCode,
          ms: Math.round(performance.now() - started),
        },
        'request'
      )
    })
    await next()
  }
}
