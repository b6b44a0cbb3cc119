import type { HttpContext } from '@adonisjs/core/http'
import { accessRules } from './access.ts'
import { readBody } from './body.ts'
import type { Endpoint, Reply } from './endpoint.ts'
import { idempotencyKey, replayOrRun } from './idempotency.ts'
import { apiLimit, callerKey, spend } from './rate_limit.ts'
import type { Account, Permission, ProjectContext, ProjectPermission } from './types.ts'

const isProjectPermission = (permission: Permission): permission is ProjectPermission =>
  permission.startsWith('project.')

/**
 * One request to a declared endpoint: caller → rate limit → permission → project → body → handler.
 * In this order nothing is told, and no body is read, before the caller is known to be permitted.
 */
export async function handleEndpoint(endpoint: Endpoint, ctx: HttpContext): Promise<void> {
  const account = await identify(endpoint, ctx)
  // Looked up beside the rate limit, whose refusal still comes first.
  const opening = authorize(endpoint, ctx, account)
  opening.catch(() => undefined)
  if (endpoint.rateLimit === 'api') await spend(ctx, apiLimit, callerKey(ctx, account))
  const project = await opening
  const body = await readBody(endpoint, ctx)
  const run = () => endpoint.run({ ctx, account, project, query: ctx.request.qs(), body })

  const key = endpoint.idempotent && account !== undefined ? idempotencyKey(ctx) : undefined
  const reply =
    key === undefined || account === undefined
      ? await run()
      : await replayOrRun({ key, account, method: endpoint.method, ctx, body }, run)
  if (reply !== undefined) send(ctx, reply)
}

async function identify(endpoint: Endpoint, ctx: HttpContext): Promise<Account | undefined> {
  if (endpoint.permission === 'public') return undefined
  const account = await accessRules().authenticate(ctx)
  ctx.logger = ctx.logger.child({ account: account.id })
  return account
}

async function authorize(
  endpoint: Endpoint,
  ctx: HttpContext,
  account: Account | undefined
): Promise<ProjectContext | undefined> {
  if (account === undefined) return undefined
  accessRules().permit(account, endpoint.permission)
  if (!isProjectPermission(endpoint.permission)) return undefined
  return accessRules().openProject(account, String(ctx.params.project_id), endpoint.permission)
}

function send(ctx: HttpContext, reply: Reply): void {
  ctx.response.status(reply.status)
  for (const [name, value] of Object.entries(reply.headers)) ctx.response.header(name, value)
  // TRICKY: `send(undefined)` would turn the status into 204, `null` is sent as it is.
  if (reply.body === undefined) ctx.response.send(null)
  else ctx.response.json(reply.body)
}
