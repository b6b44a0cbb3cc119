import { createHmac, timingSafeEqual } from 'node:crypto'
import type { HmacSignature, WebhookRequest } from '@analyticaflow/sdk'
import { applicationOf } from '../auth/applications.ts'
import { authsOf, chosenAuth } from '../auth/chosen_auth.ts'
import type { Source } from '../registry/load.ts'

type Values = Record<string, unknown>

/** The client secret of the installation's application at the vendor. */
function applicationSecret(source: Source): string | undefined {
  const auth = authsOf(source).find((one) => one.kind === 'oauth2')
  return auth && applicationOf(source, auth)?.clientSecret
}

function secretOf(source: Source, { secret }: HmacSignature, config: Values): string | undefined {
  if (secret === 'application') return applicationSecret(source)
  const value = config[secret.field]
  return typeof value === 'string' && value !== '' ? value : undefined
}

/**
 * Whether calls for a connection could be told from forged ones. One that goes in with a key of its own
 * belongs to an application of somebody else, whose secret signs the calls: then polling has to do.
 */
export function isProvable(source: Source, config: Values): boolean {
  const verify = source.webhooks?.verify
  if (verify === undefined || typeof verify === 'function') return verify !== undefined
  const isOwn = verify.secret !== 'application' || chosenAuth(source, config).kind === 'oauth2'
  return isOwn && secretOf(source, verify, config) !== undefined
}

function isSigned({ headers, body }: WebhookRequest, signature: HmacSignature, secret: string) {
  const sent = Buffer.from(headers[signature.header] ?? '', signature.encoding)
  const own = createHmac('sha256', secret).update(body).digest()
  return sent.length === own.length && timingSafeEqual(sent, own)
}

/** Whether a call is the vendor's; without a secret to compare with it never is. */
export function isAuthentic(source: Source, request: WebhookRequest, config: Values): boolean {
  const { webhooks } = source
  if (webhooks === undefined) return false
  const { verify } = webhooks
  if (typeof verify === 'function') return verify(request, config)
  const secret = secretOf(source, verify, config)
  return secret !== undefined && isSigned(request, verify, secret)
}
