import type { Integration, Source } from '../../api/types.ts'

/** What is to be done next before a connection can run. */
export type Step = 'consent' | 'pick' | 'none'

export function stepOf({ needs_consent: needsConsent, missing }: Integration): Step {
  if (needsConsent) return 'consent'
  return missing.length > 0 ? 'pick' : 'none'
}

export const isReady = (integration: Integration): boolean => stepOf(integration) === 'none'

/** Whether a load can be asked for: what loads already need not be asked twice. */
export const canStart = (integration: Integration): boolean =>
  isReady(integration) && !['needs_reauth', 'syncing', 'paused'].includes(integration.status)

/** Connected by the consent of a user, and not by a key that was typed in. */
export const goesByConsent = (
  { needs_consent: needsConsent, has_credentials: hasKey }: Integration,
  source: Source
): boolean => source.consent !== null && (needsConsent || !hasKey)
