import type { HttpContext } from '@adonisjs/core/http'
import type { WebhookRequest } from '@analyticaflow/sdk'
import { z } from 'zod'
import { endpoint } from '#shared/http/endpoint'
import { Problem } from '#shared/http/problem'
import { valuesOf } from '../integrations.ts'
import Integration from '../models/integration.ts'
import { sourceOf } from '../registry/registry.ts'
import type { Source } from '../registry/load.ts'
import { integrationAt } from '../webhooks/address.ts'
import { receiveDelivery, topicOf } from '../webhooks/inbox.ts'
import { rawBody } from '../webhooks/raw_body.ts'
import { isAuthentic } from '../webhooks/signature.ts'

const Received = z.object({ received: z.boolean().describe('false: nothing that is listened to') })

const nobody = () => new Problem('not_found', { detail: 'Nobody is called here' })

async function requestOf(ctx: HttpContext): Promise<WebhookRequest> {
  const headers = Object.fromEntries(
    Object.entries(ctx.request.headers()).map(([name, value]) => [name, [value].flat()[0]])
  )
  return { headers, body: await rawBody(ctx) }
}

/** @returns whether anybody listens to this */
async function receive(
  integrations: readonly Integration[],
  source: Source,
  request: WebhookRequest
): Promise<boolean> {
  const topic = topicOf(source, request)
  if (topic === undefined) return false
  for (const integration of integrations) {
    await receiveDelivery(integration, source, request, topic)
  }
  return integrations.length > 0
}

export const webhookEndpoint = endpoint({
  method: 'POST',
  path: '/webhooks/:token',
  permission: 'public',
  rateLimit: 'none',
  tag: 'webhooks',
  summary: 'Where a vendor calls for one integration',
  description: 'The signature is over the body as it is sent. Kept before it is answered.',
  responses: { 200: Received },
  problems: ['not_found', 'signature_invalid', 'payload_too_large'],
  handle: async ({ ctx, params, reply }) => {
    const id = await integrationAt(params.token)
    const integration = id === undefined ? null : await Integration.find(id)
    const source = integration && sourceOf(integration.type)
    if (integration === null || source?.webhooks === undefined) throw nobody()
    const request = await requestOf(ctx)
    if (!isAuthentic(source, request, valuesOf(integration))) throw new Problem('signature_invalid')
    return reply(200, { received: await receive([integration], source, request) })
  },
})

export const applicationWebhookEndpoint = endpoint({
  method: 'POST',
  path: '/webhooks/sources/:source_id',
  permission: 'public',
  rateLimit: 'none',
  tag: 'webhooks',
  summary: 'Where a vendor calls for all accounts of the application',
  description:
    'For what vendors tell one address of the application, such as demands by law. The account in the call tells whose it is.',
  responses: { 200: Received },
  problems: ['not_found', 'signature_invalid', 'payload_too_large'],
  handle: async ({ ctx, params, reply }) => {
    const source = sourceOf(params.source_id)
    const account = source?.webhooks?.account
    if (source === undefined || account === undefined) throw nobody()
    const request = await requestOf(ctx)
    if (!isAuthentic(source, request, {})) throw new Problem('signature_invalid')
    const name = account.of(request)
    const integrations =
      name === undefined
        ? []
        : await Integration.query()
            .where('type', source.id)
            .whereRaw('settings_json ->> ? = ?', [account.field, name])
    return reply(200, { received: await receive(integrations, source, request) })
  },
})
