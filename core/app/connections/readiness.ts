import { Problem } from '#shared/http/problem'
import { consentAuth } from './auth/chosen_auth.ts'
import { hasTokens } from './auth/token_store.ts'
import { CredentialsUnreadable } from './credentials.ts'
import { unpickedFields } from './draft_config.ts'
import { valuesOf } from './integrations.ts'
import type Integration from './models/integration.ts'
import { sourceOf } from './registry/registry.ts'

/** What is still to be done before a connection can run. */
export interface Readiness {
  /** The user has to give consent at the vendor. */
  needsConsent: boolean
  /** Required settings that are to be picked. */
  missing: string[]
}

const READY: Readiness = { needsConsent: false, missing: [] }

function settled(integration: Integration): Record<string, unknown> {
  try {
    return valuesOf(integration)
  } catch (error) {
    // Who has to enter the secrets again is told so by the status.
    if (error instanceof CredentialsUnreadable) return integration.settings
    throw error
  }
}

/** By the ids of the integrations. */
export async function readinessOf(
  integrations: readonly Integration[]
): Promise<ReadonlyMap<string, Readiness>> {
  const connected = await hasTokens(integrations.map(({ id }) => id))
  return new Map(
    integrations.map((integration): [string, Readiness] => {
      const source = sourceOf(integration.type)
      if (source === undefined) return [integration.id, READY]
      const values = settled(integration)
      const consent = consentAuth(source, values)
      return [
        integration.id,
        {
          needsConsent: consent !== undefined && !connected.has(integration.id),
          missing: unpickedFields(source, values),
        },
      ]
    })
  )
}

export const isReady = ({ needsConsent, missing }: Readiness): boolean =>
  !needsConsent && missing.length === 0

/** @throws Problem a 409 that says what is still to be done */
export async function refuseUnlessReady(integration: Integration): Promise<void> {
  const readiness = (await readinessOf([integration])).get(integration.id) ?? READY
  if (isReady(readiness)) return
  const detail = readiness.needsConsent
    ? 'The connection has no consent yet: authorize it first'
    : `Choose first: ${readiness.missing.join(', ')}`
  throw new Problem('conflict', { detail })
}
