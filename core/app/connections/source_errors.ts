import { SourceError, sourceErrorCodes } from '@analyticaflow/sdk'

const codes = new Set<string>(sourceErrorCodes)

/**
 * Whether a source threw this on purpose. TRICKY: a plugin from elsewhere may bring a copy of the
 * SDK of its own, whose class is another one, so the shape decides.
 */
export function isSourceError(error: unknown): error is SourceError {
  if (error instanceof SourceError) return true
  if (!(error instanceof Error) || error.name !== 'SourceError') return false
  const { code, userMessage } = error as Partial<SourceError>
  return typeof userMessage === 'string' && codes.has(code ?? '')
}
