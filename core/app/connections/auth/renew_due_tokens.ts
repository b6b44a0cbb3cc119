import logger from '@adonisjs/core/services/logger'
import db from '@adonisjs/lucid/services/db'
import { draftOf } from '../integrations.ts'
import Integration from '../models/integration.ts'
import { Redaction } from '../redact.ts'
import { sourceOf } from '../registry/registry.ts'
import { authorizerOf } from '../requests/vendor_http.ts'
import { isSourceError } from '../source_errors.ts'
import { ConnectionTokens } from './token_store.ts'

/** Later: the vendor may be away. */
const AGAIN_MINUTES = 5
const AT_ONCE = 20

interface Due {
  integration_id: string
  project_id: number
}

async function postpone(integrationId: string): Promise<void> {
  await db.rawQuery(
    `update connection_tokens set refresh_at = now() + make_interval(mins => ?)
     where integration_id = ? and refresh_at <= now()`,
    [AGAIN_MINUTES, integrationId]
  )
}

/** A consent that has ended is no failure of this installation: the user has to connect again. */
async function askAgain(integrationId: string, code: string, message: string): Promise<void> {
  await db
    .from('connection_tokens')
    .where('integration_id', integrationId)
    .update({ refresh_at: null })
  await Integration.query()
    .where('id', integrationId)
    .update({ status: 'needs_reauth', error: JSON.stringify({ code, message }) })
}

async function renew({ integration_id: id, project_id: projectId }: Due): Promise<void> {
  const integration = await Integration.find(id)
  const source = integration && sourceOf(integration.type)
  if (integration === null || source == null) {
    await postpone(id)
    return
  }
  const redaction = new Redaction({})
  try {
    const values = draftOf(source, integration)
    redaction.add(values)
    const connection = { integrationId: id, projectId }
    const tokens = await new ConnectionTokens(connection, { isRenewedAhead: true }).load()
    if (tokens === undefined) {
      await postpone(id)
      return
    }
    const authorizer = authorizerOf({
      ...{ source, config: values, connection },
      signal: AbortSignal.timeout(60_000),
      log() {},
      seen: (secrets) => {
        redaction.add(secrets)
      },
    })
    await authorizer.refresh(tokens.accessToken)
  } catch (error) {
    const shown = redaction.error(error)
    const isDead = isSourceError(shown) && ['auth_expired', 'auth_scope'].includes(shown.code)
    if (isDead) {
      await askAgain(id, shown.code, shown.userMessage)
      return
    }
    logger.warn({ err: shown, integration_id: id }, 'tokens could not be renewed')
    await postpone(id)
  }
}

/** Renews tokens ahead of their end, each on its own: what goes wrong with one holds up no other. */
export async function renewDueTokens(): Promise<void> {
  const due = (await db
    .from('connection_tokens')
    .where('refresh_at', '<=', new Date())
    .whereNotNull('encrypted_tokens')
    .orderBy('refresh_at')
    .limit(AT_ONCE)
    .select('integration_id', 'project_id')) as Due[]
  for (const one of due) await renew({ ...one, integration_id: String(one.integration_id) })
}
