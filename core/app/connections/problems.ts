import { secretFields, type SourceError } from '@analyticaflow/sdk'
import { invalidField, Problem } from '#shared/http/problem'
import type { Source } from './registry/load.ts'
import { isSourceError } from './source_errors.ts'

function retryAfter({ detail }: SourceError): { retryAfter?: number } {
  if (detail.retryAt === undefined) return {}
  return { retryAfter: Math.max(1, (detail.retryAt.getTime() - Date.now()) / 1000) }
}

/** Where a setting stands in requests. */
export const placeOfField = (source: Pick<Source, 'config'>, field: string): string =>
  secretFields(source.config).includes(field.split('.')[0] ?? '')
    ? `credentials.${field}`
    : `settings.${field}`

/** What a request that asks a vendor answers where that fails; other errors stay what they are. */
export function asProblem(error: unknown, source: Pick<Source, 'config'>): unknown {
  if (!isSourceError(error)) return error
  const { code, userMessage, detail } = error
  if (code === 'config_invalid' && detail.field !== undefined) {
    return invalidField(placeOfField(source, detail.field), code, userMessage)
  }
  const isOurs = ['config_invalid', 'auth_expired', 'auth_scope'].includes(code)
  return new Problem(isOurs ? 'conflict' : 'upstream_failed', {
    detail: userMessage,
    ...retryAfter(error),
  })
}
