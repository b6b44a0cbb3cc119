import db from '@adonisjs/lucid/services/db'
import { hashToken } from '#shared/secret_tokens'
import { credentialVault } from '../credentials.ts'
import { cookieOf } from './consents.ts'

/** A consent whose answer has come; nobody else can take it. */
export interface TakenConsent {
  projectId: number
  integrationId: string
  userId: number
  verifier?: string
}

interface StateRow {
  project_id: number
  integration_id: string
  user_id: number
  browser_hash: string
  encrypted_verifier: string | null
  expires_at: Date
}

export type Taken =
  'wrong_state' | 'wrong_browser' | { consent: TakenConsent; result?: 'expired' | 'reused' }

function consentIn(row: StateRow): TakenConsent {
  const owner = { projectId: row.project_id, integrationId: String(row.integration_id) }
  const sealed = row.encrypted_verifier
  const verifier =
    sealed === null
      ? undefined
      : String(credentialVault().decrypt(sealed, { ...owner, purpose: 'consent' }).verifier)
  return { ...owner, userId: row.user_id, ...(verifier !== undefined && { verifier }) }
}

/** Takes the consent of a state, once, for the browser where it began. */
export async function takeConsent(
  stateHash: string,
  browserOf: (cookie: string) => string | undefined
): Promise<Taken> {
  const row = (await db
    .from('oauth_states')
    .where('state_hash', stateHash)
    .first()) as StateRow | null
  if (row === null) return 'wrong_state'
  // Before anything else: whoever else knows the state must not be able to use it up.
  if (hashToken(browserOf(cookieOf(stateHash)) ?? '') !== row.browser_hash) return 'wrong_browser'
  const consent = consentIn(row)
  const taken = (await db
    .from('oauth_states')
    .where('state_hash', stateHash)
    .whereNull('used_at')
    .update({ used_at: new Date() })
    .returning('state_hash')) as unknown[]
  if (taken.length === 0) return { consent, result: 'reused' }
  return { consent, ...(row.expires_at <= new Date() && { result: 'expired' as const }) }
}
