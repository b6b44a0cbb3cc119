import logger from '@adonisjs/core/services/logger'
import db from '@adonisjs/lucid/services/db'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { exchangeCode, systemClock, type OAuth2, type Tokens } from '@analyticaflow/sdk/runtime'
import { outboundTransport } from '#shared/outbound/guarded_transport'
import { publicUrl } from '#shared/public_url'
import { hashToken } from '#shared/secret_tokens'
import { mayStill } from '#projects/public'
import { draftOf } from '../integrations.ts'
import Integration from '../models/integration.ts'
import { draftSchema } from '../draft_config.ts'
import { Redaction } from '../redact.ts'
import { sourceOf } from '../registry/registry.ts'
import type { Source } from '../registry/load.ts'
import { isSourceError } from '../source_errors.ts'
import type { RunError } from '../types.ts'
import { applicationOf, CALLBACK_PATH, type Application } from './applications.ts'
import { isProven, settingsFrom } from './callback_proof.ts'
import { consentAuth } from './chosen_auth.ts'
import { takeConsent, type TakenConsent } from './take_consent.ts'
import { keepTokens } from './token_store.ts'

type Parameters = Readonly<Record<string, string>>

/**
 * How a consent ended. `forged`: what the vendor's way back has to prove is wrong; `wrong_account`: it is
 * that of another account than the settings name; `scope_missing`: the user left a permission out.
 */
export const consentResults = [
  'ok',
  'denied',
  'wrong_state',
  'wrong_browser',
  'expired',
  'reused',
  'forged',
  'wrong_account',
  'scope_missing',
  'forbidden',
  'failed',
] as const
export type ConsentResult = (typeof consentResults)[number]

export interface FinishedConsent {
  result: ConsentResult
  /** Absent where the answer belongs to no consent that is known. */
  integration?: Integration
}

interface Subject {
  consent: TakenConsent
  integration: Integration
  source: Source
  auth: OAuth2
  application: Application
  values: Record<string, unknown>
}

async function subjectOf(consent: TakenConsent): Promise<Subject | undefined> {
  const integration = await Integration.find(consent.integrationId)
  const source = integration && sourceOf(integration.type)
  if (integration === null || source == null) return undefined
  const values = draftOf(source, integration)
  const auth = consentAuth(source, values)
  const application = auth && applicationOf(source, auth)
  if (auth === undefined || application === undefined) return undefined
  return { consent, integration, source, auth, application, values }
}

function exchange(subject: Subject, code: string, config: Record<string, unknown>) {
  const { auth, application, consent, source } = subject
  return exchangeCode(
    { auth, config, ...application },
    { code, redirectUri: publicUrl(CALLBACK_PATH), verifier: consent.verifier },
    {
      transport: outboundTransport,
      clock: systemClock,
      signal: AbortSignal.timeout(60_000),
      title: source.title,
    }
  )
}

const lacksScope = ({ scopes }: Tokens, asked: readonly string[]): boolean =>
  scopes !== undefined && asked.some((scope) => !scopes.includes(scope))

/** What the integration says of a failure until it is connected. */
async function note(integration: Integration, error: RunError): Promise<void> {
  await Integration.query()
    .where('id', integration.id)
    .update({ error: JSON.stringify(error) })
}

async function noteFailure(
  { integration, application, values }: Subject,
  error: unknown
): Promise<void> {
  const shown = new Redaction({ ...values, secret: application.clientSecret }).error(error)
  logger.warn({ err: shown, integration_id: integration.id }, 'a consent failed')
  const isKnown = isSourceError(shown)
  await note(integration, {
    code: isKnown ? shown.code : 'internal',
    message: isKnown ? shown.userMessage : 'The vendor’s answer could not be used.',
  })
}

async function connect(
  { integration }: Subject,
  tokens: Tokens,
  settings: Record<string, string>
): Promise<void> {
  await db.transaction(async (trx: TransactionClientContract) => {
    const row = await Integration.query({ client: trx })
      .where('id', integration.id)
      .forUpdate()
      .firstOrFail()
    const owner = { integrationId: row.id, projectId: row.projectId }
    await keepTokens(owner, tokens, trx, { isRenewedAhead: true })
    row.settings = { ...row.settings, ...settings }
    row.error = null
    if (row.status === 'needs_reauth' || row.status === 'error') row.status = 'active'
    await row.save()
  })
}

async function accept(subject: Subject, parameters: Parameters): Promise<ConsentResult> {
  const { auth, application, source, values } = subject
  const proof = { clientSecret: application.clientSecret, now: new Date() }
  if (!isProven(parameters, auth, proof)) return 'forged'
  const settings = settingsFrom(parameters, auth, values)
  if (settings === undefined) return 'wrong_account'
  const config = draftSchema(source).safeParse({ ...values, ...settings })
  if (!config.success) return 'wrong_account'
  try {
    const tokens = await exchange(subject, parameters.code ?? '', config.data)
    if (lacksScope(tokens, auth.scopes)) return 'scope_missing'
    await connect(subject, tokens, settings)
    return 'ok'
  } catch (error) {
    await noteFailure(subject, error)
    return 'failed'
  }
}

/**
 * The answer to a consent, as the user's browser brings it from the vendor. Whatever is wrong is a result
 * and changes nothing; only the tokens of a whole and right answer are kept.
 *
 * @param browserOf the value of a cookie
 */
export async function finishConsent(
  parameters: Parameters,
  browserOf: (cookie: string) => string | undefined
): Promise<FinishedConsent> {
  const taken = await takeConsent(hashToken(parameters.state ?? ''), browserOf)
  if (typeof taken === 'string') return { result: taken }
  const { consent } = taken
  const integration = (await Integration.find(consent.integrationId)) ?? undefined
  const ended = (result: ConsentResult) => ({ result, ...(integration && { integration }) })
  if (taken.result !== undefined) return ended(taken.result)
  if (parameters.error !== undefined) {
    return ended(parameters.error === 'access_denied' ? 'denied' : 'failed')
  }
  if (!(await mayStill(consent.userId, consent.projectId, 'project.write'))) {
    return ended('forbidden')
  }
  const subject = await subjectOf(consent)
  return ended(subject === undefined ? 'failed' : await accept(subject, parameters))
}
