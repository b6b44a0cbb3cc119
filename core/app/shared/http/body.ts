import BodyParserMiddleware from '@adonisjs/core/bodyparser_middleware'
import type { HttpContext } from '@adonisjs/core/http'
import type { Endpoint } from './endpoint.ts'
import { Problem } from './problem.ts'

const hasBody = (ctx: HttpContext): boolean =>
  ctx.request.header('transfer-encoding') !== undefined ||
  Number(ctx.request.header('content-length') ?? 0) > 0

/**
 * Reads the JSON body of an endpoint that declares one, once the caller is known to be permitted.
 * A body that is absent counts as an empty object, except on GET, where there usually is none.
 */
export async function readBody(endpoint: Endpoint, ctx: HttpContext): Promise<unknown> {
  if (endpoint.upload !== undefined) {
    if (!ctx.request.is(['multipart/form-data'])) {
      throw new Problem('unsupported_media_type', { detail: 'Send multipart/form-data' })
    }
    // Marks the request as multipart and leaves the stream to the handler.
    await parse(ctx)
    return undefined
  }
  if (endpoint.body === undefined) return undefined
  if (!hasBody(ctx)) return endpoint.method === 'GET' ? undefined : {}
  if (!ctx.request.is(['application/json', 'application/*+json'])) {
    throw new Problem('unsupported_media_type', { detail: 'Send application/json' })
  }
  await parse(ctx)
  return ctx.request.body()
}

async function parse(ctx: HttpContext): Promise<void> {
  const middleware = await ctx.containerResolver.make(BodyParserMiddleware)
  try {
    await middleware.handle(ctx, () => Promise.resolve())
  } catch (error) {
    throw asProblem(error)
  }
}

function asProblem(error: unknown): unknown {
  const status = error instanceof Error && 'status' in error ? error.status : undefined
  if (status === 413) return new Problem('payload_too_large', { cause: error })
  if (status === 415) return new Problem('unsupported_media_type', { cause: error })
  if (status === 400 || status === 422) return new Problem('malformed_json', { cause: error })
  return error
}
