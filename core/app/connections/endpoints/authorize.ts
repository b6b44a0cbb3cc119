import type { HttpContext } from '@adonisjs/core/http'
import { z } from 'zod'
import { audit } from '#shared/audit'
import { empty, endpoint } from '#shared/http/endpoint'
import { dataOf } from '#shared/http/pagination'
import { Problem } from '#shared/http/problem'
import { publicUrl } from '#shared/public_url'
import { beginAuthorization, CONSENT_MINUTES } from '../auth/consents.ts'
import { consentResults, finishConsent, type FinishedConsent } from '../auth/finish_consent.ts'
import { draftOf, findIntegration } from '../integrations.ts'
import { sourceOf } from '../registry/registry.ts'

const COOKIE_PATH = '/api/v1/oauth'

export const authorizeEndpoint = endpoint({
  method: 'POST',
  path: '/projects/:project_id/integrations/:integration_id/authorize',
  permission: 'project.write',
  tag: 'integrations',
  summary: 'Begin the consent at the vendor',
  description: `Send the browser to \`url\`; it comes back to the integration’s page, with \`?connected=\` and one of ${consentResults.map((one) => `\`${one}\``).join(', ')}. The answer sets a cookie that the same browser has to bring back within ${CONSENT_MINUTES} minutes; each address works once.`,
  responses: { 200: dataOf(z.object({ url: z.url() })) },
  problems: ['conflict', 'validation_failed'],
  idempotent: false,
  handle: async ({ ctx, account, project, params, reply }) => {
    const integration = await findIntegration(project.id, params.integration_id)
    const source = sourceOf(integration.type)
    if (source === undefined) {
      throw new Problem('conflict', { detail: `The source “${integration.type}” is not installed` })
    }
    const subject = { integration, source, values: draftOf(source, integration) }
    const { url, cookie } = await beginAuthorization(subject, account.user.id)
    ctx.response.plainCookie(cookie.name, cookie.value, {
      encode: false,
      httpOnly: true,
      secure: publicUrl().startsWith('https:'),
      // Sent along when the vendor leads the browser back.
      sameSite: 'lax',
      path: COOKIE_PATH,
      maxAge: CONSENT_MINUTES * 60,
    })
    return reply(200, { data: { url } })
  },
})

/** The page of the web app that shows how it ended; nothing secret stands in the address. */
function pageOf({ result, integration }: FinishedConsent): string {
  const page =
    integration === undefined ? '/' : `/p/${integration.projectId}/integrations/${integration.id}`
  return publicUrl(`${page}?connected=${result}`)
}

const browserOf = (ctx: HttpContext) => (name: string) => {
  const value: unknown = ctx.request.plainCookie(name, { encoded: false })
  return typeof value === 'string' ? value : undefined
}

const texts = (query: Record<string, unknown>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(query).filter((pair): pair is [string, string] => typeof pair[1] === 'string')
  )

export const oauthCallback = endpoint({
  method: 'GET',
  path: '/oauth/callback',
  permission: 'public',
  tag: 'integrations',
  summary: 'Where vendors lead the browser back to after a consent',
  description: 'Answers with a redirect to the web app, whatever came of it.',
  query: z.looseObject({ state: z.string().optional(), code: z.string().optional() }),
  responses: { 302: empty },
  handle: async ({ ctx, query, reply }) => {
    const finished = await finishConsent(texts(query), browserOf(ctx))
    const { result, integration } = finished
    if (result === 'ok' && integration !== undefined) {
      await audit(ctx, {
        action: 'integration.connected',
        projectId: integration.projectId,
        target: `integration:${integration.id}`,
        details: { type: integration.type },
      })
    }
    return reply(302, undefined, {
      Location: pageOf(finished),
      'Referrer-Policy': 'no-referrer',
      'Cache-Control': 'no-store',
    })
  },
})
