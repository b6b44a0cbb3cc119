import BodyParserMiddleware from '@adonisjs/core/bodyparser_middleware'
import type { HttpContext } from '@adonisjs/core/http'
import type { Endpoint } from './endpoint.ts'
import { invalidField, Problem } from './problem.ts'
import { bodyFault } from './storable.ts'

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
  const body: unknown = ctx.request.body()
  refuseUnstorable(body)
  return body
}

const tooDeep = (cause?: unknown) =>
  new Problem('malformed_json', { detail: 'The body is nested too deeply', cause })

/** Also for JSON that arrives as a text inside something else. */
export function refuseUnstorable(body: unknown, name?: string): void {
  const fault = bodyFault(body)
  if (fault?.kind === 'depth') throw tooDeep()
  if (fault === undefined) return
  const field = [name, fault.field].filter(Boolean).join('.')
  const message = 'It holds characters that cannot be kept: NUL, or half of a surrogate pair'
  throw invalidField(field, 'characters', message)
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
  // The framework copies the body recursively.
  if (error instanceof RangeError) return tooDeep(error)
  const status = error instanceof Error && 'status' in error ? error.status : undefined
  if (status === 413) return new Problem('payload_too_large', { cause: error })
  if (status === 415) return new Problem('unsupported_media_type', { cause: error })
  if (status === 400 || status === 422) return new Problem('malformed_json', { cause: error })
  return error
}
