import type { HttpContext } from '@adonisjs/core/http'
import type { NextFn } from '@adonisjs/core/types/http'

/** Data answers load nothing and are framed by nobody. */
const dataPolicy = "default-src 'none'; frame-ancestors 'none'"

/**
 * Pages run scripts of this server only, never inline ones. Styles are the exception: the component
 * library writes them into the page.
 */
export const pagePolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "font-src 'self' data:",
  "connect-src 'self'",
  "manifest-src 'self'",
  "worker-src 'self'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ')

/** HSTS is the gateway's, which alone knows whether there is TLS. */
export default class SecurityHeadersMiddleware {
  async handle({ request, response }: HttpContext, next: NextFn): Promise<void> {
    response.header('X-Content-Type-Options', 'nosniff')
    response.header('X-Frame-Options', 'DENY')
    response.header('Referrer-Policy', 'same-origin')
    response.header('Cross-Origin-Opener-Policy', 'same-origin')
    response.header('Cross-Origin-Resource-Policy', 'same-origin')
    response.header('Permissions-Policy', 'camera=(), geolocation=(), microphone=(), payment=()')
    response.header('Content-Security-Policy', dataPolicy)
    // Answers are somebody's own; what may be cached says so itself.
    if (request.url().startsWith('/api/')) response.header('Cache-Control', 'no-store')
    await next()
  }
}
