import type { HttpContext } from '@adonisjs/core/http'
import { Problem } from '#shared/http/problem'

/** Larger than any order. */
const LARGEST = 5 * 1024 * 1024

/** The bytes of a body as they came: signatures are over these. @throws Problem a 413 */
export async function rawBody(ctx: HttpContext): Promise<Buffer> {
  const tooLarge = () => new Problem('payload_too_large')
  if (Number(ctx.request.header('content-length') ?? 0) > LARGEST) throw tooLarge()
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of ctx.request.request as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > LARGEST) throw tooLarge()
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}
