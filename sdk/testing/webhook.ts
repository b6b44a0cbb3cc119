import { createHmac, timingSafeEqual } from 'node:crypto'
import type { WebhookRequest } from '../src/index.ts'
import type { World } from './world.ts'

/** A signature that a definition declares instead of checking it by itself. */
interface Declared {
  header: string
  encoding: 'base64' | 'hex'
  secret: 'application' | { field: string }
}

type Verify =
  Declared | ((this: void, request: WebhookRequest, config: Record<string, unknown>) => boolean)

/** Is a call authentic, as the definition says? */
export function isAuthentic(
  { source, config }: World,
  request: WebhookRequest,
  clientSecret: string
): boolean {
  const { webhooks } = source as { webhooks?: { verify: Verify } }
  if (webhooks === undefined) return false
  const { verify } = webhooks
  if (typeof verify === 'function') return verify(request, config)
  const key = verify.secret === 'application' ? clientSecret : String(config[verify.secret.field])
  const own = createHmac('sha256', key).update(request.body).digest()
  const sent = Buffer.from(request.headers[verify.header] ?? '', verify.encoding)
  return sent.length === own.length && timingSafeEqual(sent, own)
}

/** The body of a call: JSON, or the fields of a form. */
export function bodyOfWebhook({ headers, body }: WebhookRequest): Record<string, unknown> {
  const text = body.toString()
  const isForm = headers['content-type']?.startsWith('application/x-www-form-urlencoded') === true
  return isForm
    ? Object.fromEntries(new URLSearchParams(text))
    : (JSON.parse(text) as Record<string, unknown>)
}
