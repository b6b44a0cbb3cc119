import { Problem } from '#shared/http/problem'
import { makeContext } from '../source_context.ts'
import { isSourceError } from '../source_errors.ts'
import { fileField } from '../registry/registry.ts'
import { parseSpec } from '../source_config.ts'
import type { ReceivedImport } from './receive.ts'

/** A check looks at the head of a file; whatever takes longer hangs. */
const CHECK_MS = 30_000

/**
 * Has the source judge the file by its beginning.
 *
 * @throws Problem a 422 that names what of the spec, or that the file, is at fault
 */
export async function checkFile(
  { source, settings, file }: ReceivedImport,
  project: { timezone: string; currency: string }
): Promise<void> {
  const config = parseSpec(source, settings, file.key)
  const signal = AbortSignal.timeout(CHECK_MS)
  const log = () => undefined
  try {
    await source.check(makeContext({ source, project, config, credentials: {}, file, signal, log }))
  } catch (error) {
    if (!isSourceError(error)) throw error
    const { field } = error.detail
    const place = field === undefined || field === fileField(source) ? 'file' : `spec.${field}`
    throw new Problem('validation_failed', {
      detail: error.userMessage,
      errors: [{ field: place, rule: error.code, message: error.userMessage }],
      cause: error,
    })
  }
}
