import type { HttpContext } from '@adonisjs/core/http'
import { Problem, invalidField } from '#shared/http/problem'
import { MalformedMultipart, boundaryOf, partsOf, type Part } from '../multipart.ts'
import { UploadTooLarge, uploads, type Stored } from '../upload_store.ts'
import { parseSpecText, resolveSpec, type ImportSpec } from './spec.ts'

/** A whole file in the upload store, with the spec that its source has accepted. */
export interface ReceivedImport extends ImportSpec {
  file: Stored & { name: string }
}

const MAX_SPEC_BYTES = 1024 * 1024
/** What a multipart body needs besides the file and the spec. */
const ENVELOPE_BYTES = 16 * 1024
const GIB = 1024 ** 3

/** Largest file that is taken, in bytes. */
export function maxImportBytes(): number {
  return Number(process.env.AF_IMPORT_MAX_BYTES ?? 2 * GIB)
}

const tooLarge = (limit: number) =>
  new Problem('payload_too_large', { detail: `A file may have at most ${limit} bytes` })

async function readText(body: AsyncIterable<Uint8Array>): Promise<string> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of body) {
    size += chunk.length
    if (size > MAX_SPEC_BYTES) {
      throw new Problem('payload_too_large', { detail: 'The spec is larger than 1 MiB' })
    }
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

/** The name without the folders that some clients send along, and without what no column keeps. */
function baseName(path: string): string {
  const name = path.replaceAll('\0', '').split(/[/\\]/).at(-1) ?? ''
  return name === '' ? 'file' : name.slice(0, 255).toWellFormed()
}

/** Takes the parts one after the other; only a spec that is accepted lets a file in. */
class Reception {
  readonly #projectId: number
  #spec: Record<string, unknown> | undefined
  #received: ReceivedImport | undefined

  constructor(projectId: number) {
    this.#projectId = projectId
  }

  async take(part: Part): Promise<void> {
    if (part.name === 'spec') await this.#takeSpec(part)
    else if (part.name === 'file') await this.#takeFile(part)
    else throw invalidField(part.name, 'unknown_field', 'There is no such field')
  }

  finish(): ReceivedImport {
    if (this.#spec === undefined) throw invalidField('spec', 'required', 'The spec is missing')
    if (this.#received === undefined) throw invalidField('file', 'required', 'The file is missing')
    return this.#received
  }

  async discard(): Promise<void> {
    if (this.#received) await uploads.remove(this.#received.file.key)
  }

  async #takeSpec(part: Part): Promise<void> {
    if (this.#spec !== undefined) throw invalidField('spec', 'repeated', 'There are two specs')
    this.#spec = parseSpecText(await readText(part.body))
  }

  async #takeFile({ body, fileName }: Part): Promise<void> {
    if (this.#received !== undefined) throw invalidField('file', 'repeated', 'There are two files')
    if (this.#spec === undefined) {
      throw invalidField('spec', 'order', 'The spec has to come before the file')
    }
    if (fileName === undefined) throw invalidField('file', 'file', 'Send it as a file')
    const name = baseName(fileName)
    const spec = resolveSpec(this.#spec, name)
    const stored = await uploads.write(this.#projectId, body, maxImportBytes())
    this.#received = { ...spec, file: { ...stored, name } }
    if (stored.size === 0) throw invalidField('file', 'empty', 'The file is empty')
  }
}

const codeOf = (error: unknown) =>
  error instanceof Error && 'code' in error ? String(error.code) : undefined

function asProblem(error: unknown): unknown {
  if (error instanceof UploadTooLarge) return tooLarge(error.limit)
  if (error instanceof MalformedMultipart) {
    return new Problem('malformed_multipart', { detail: error.message, cause: error })
  }
  switch (codeOf(error)) {
    case 'ECONNRESET':
    case 'ERR_STREAM_PREMATURE_CLOSE':
      return new Problem('malformed_multipart', { detail: 'The upload broke off', cause: error })
    case 'ENOSPC':
      return new Problem('unavailable', {
        detail: 'There is no room for the file on the server',
        retryAfter: 600,
        cause: error,
      })
    default:
      return error
  }
}

/**
 * Receives the multipart body of an import in constant memory. Where anything is wrong, the answer
 * comes at once, and nothing of the upload stays.
 */
export async function receiveImport(ctx: HttpContext, projectId: number): Promise<ReceivedImport> {
  const { request } = ctx.request
  const limit = maxImportBytes()
  const announced = Number(request.headers['content-length'] ?? 0)
  const reception = new Reception(projectId)
  try {
    if (announced > limit + MAX_SPEC_BYTES + ENVELOPE_BYTES) throw tooLarge(limit)
    const boundary = boundaryOf(request.headers['content-type'])
    // TRICKY: leaving the default iterator would close the socket before the answer is sent.
    const bytes = request.iterator({ destroyOnReturn: false }) as AsyncIterable<Uint8Array>
    for await (const part of partsOf(bytes, boundary)) await reception.take(part)
    return reception.finish()
  } catch (error) {
    await reception.discard()
    throw asProblem(error)
  } finally {
    // The client hears the answer only once it has sent everything, so the rest is thrown away.
    request.resume()
  }
}
