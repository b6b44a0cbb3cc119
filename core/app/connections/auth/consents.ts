import db from '@adonisjs/lucid/services/db'
import { beginConsent, type OAuth2 } from '@analyticaflow/sdk/runtime'
import { outboundSettings } from '#shared/outbound/settings'
import { redirectToDouble } from '#shared/outbound/vendor_base_urls'
import { Problem } from '#shared/http/problem'
import { publicUrl } from '#shared/public_url'
import { hashToken, randomToken } from '#shared/secret_tokens'
import { credentialVault } from '../credentials.ts'
import type Integration from '../models/integration.ts'
import { asProblem } from '../problems.ts'
import type { Source } from '../registry/load.ts'
import { applicationOf, CALLBACK_PATH, missingSettings } from './applications.ts'
import { consentAuth } from './chosen_auth.ts'

/** How long a user may take at the vendor. */
export const CONSENT_MINUTES = 15

/** Where to send the user, and what their browser has to bring back. */
export interface BegunConsent {
  url: string
  cookie: { name: string; value: string }
}

/** Of one consent: several may be open in one browser. */
export const cookieOf = (stateHash: string): string => `af_consent_${stateHash.slice(0, 12)}`

interface Subject {
  integration: Integration
  source: Source
  /** Settings and secrets, as far as they are there. */
  values: Record<string, unknown>
}

function consentOf({ source, values }: Subject): OAuth2 {
  const auth = consentAuth(source, values)
  if (auth !== undefined) return auth
  throw new Problem('conflict', {
    detail: `${source.title} is connected by what is typed in: there is no consent to ask for`,
  })
}

function refuseWithoutApplication(source: Source, auth: OAuth2): void {
  const missing = missingSettings(source, auth)
  if (missing.length === 0) return
  throw new Problem('conflict', {
    detail: `This installation is not registered at ${source.title} yet. Its operator registers it with the callback ${publicUrl(CALLBACK_PATH)} and sets ${missing.join(' and ')}`,
  })
}

function begin(subject: Subject, auth: OAuth2, clientId: string) {
  try {
    const consent = { auth, clientId, config: subject.values }
    return beginConsent(consent, publicUrl(CALLBACK_PATH))
  } catch (error) {
    throw asProblem(error, subject.source)
  }
}

/**
 * Begins a consent for the connection. It is bound to the browser that asked: who is sent the address by
 * somebody else cannot give that one access to their own account.
 *
 * @throws Problem a 409 without a registered application, a 422 naming a setting that is missing
 */
export async function beginAuthorization(subject: Subject, userId: number): Promise<BegunConsent> {
  const { integration, source } = subject
  const auth = consentOf(subject)
  refuseWithoutApplication(source, auth)
  const consent = begin(subject, auth, applicationOf(source, auth)?.clientId ?? '')
  const { projectId, id: integrationId } = integration
  const browser = randomToken('')
  const stateHash = hashToken(consent.state)
  const owner = { projectId, integrationId, purpose: 'consent' as const }
  await db.table('oauth_states').insert({
    state_hash: stateHash,
    project_id: projectId,
    integration_id: integrationId,
    user_id: userId,
    browser_hash: hashToken(browser),
    encrypted_verifier:
      consent.verifier === undefined
        ? null
        : credentialVault().encrypt({ verifier: consent.verifier }, owner),
    expires_at: new Date(Date.now() + CONSENT_MINUTES * 60_000),
  })
  const url = redirectToDouble(new URL(consent.url), outboundSettings().doubles)
  return { url: url.href, cookie: { name: cookieOf(stateHash), value: browser } }
}

/** Forgets consents that ended long ago; until then a second answer is told as such. */
export async function purgeConsents(): Promise<void> {
  await db.rawQuery("delete from oauth_states where expires_at < now() - interval '1 day'")
}
