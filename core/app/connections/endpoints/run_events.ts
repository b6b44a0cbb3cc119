import { finished, Readable } from 'node:stream'
import app from '@adonisjs/core/services/app'
import type { HttpContext } from '@adonisjs/core/http'
import { accessRules } from '#shared/http/access'
import { endpoint, media } from '#shared/http/endpoint'
import { Problem } from '#shared/http/problem'
import { parseId } from '#shared/ids'
import { findIntegration } from '../integrations.ts'
import { readRunLog } from '../run_log/run_log.ts'
import { runLogLineView } from '../views/run_log_view.ts'
import { MAX_STREAMS, runEvents, takeStream } from '../run_events.ts'
import { findRun } from '../runs.ts'
import { currentRunView } from './runs.ts'

const LINES_AT_ONCE = 500

/** A fault ends the stream: the client opens another, and gets told then what is the matter. */
async function* untilFault(
  events: AsyncIterable<string>,
  { logger }: HttpContext
): AsyncGenerator<string> {
  try {
    yield* events
  } catch (error) {
    if (!(error instanceof Problem)) logger.warn({ err: error }, 'an event stream broke off')
  }
}

export const streamRun = endpoint({
  method: 'GET',
  path: '/projects/:project_id/integrations/:integration_id/runs/:run_id/events',
  permission: 'project.read',
  tag: 'runs',
  summary: 'One run as an event stream',
  description: `Server-sent events, read with fetch since they need the bearer header. An event \`run\`, whose data is a Run, comes at once and whenever the run changes, an event \`log\`, whose data is a RunLogLine, for each line of its log; the stream ends with the run. Where it ends before (the access token expires, the server stops), open it again. At most ${MAX_STREAMS} at a time for each account.`,
  responses: { 200: media('text/event-stream') },
  handle: async ({ ctx, account, project, params }) => {
    const integration = await findIntegration(project.id, params.integration_id)
    const runId = parseId(params.run_id)
    await findRun(integration, runId)
    const giveBack = takeStream(account.id)
    if (giveBack === undefined) {
      throw new Problem('rate_limited', {
        detail: `At most ${MAX_STREAMS} event streams are open at a time`,
        retryAfter: 5,
      })
    }
    let gone = false
    // Also where the client has gone already.
    finished(ctx.response.response, () => {
      gone = true
      giveBack()
    })
    const events = runEvents({
      read: async () => currentRunView(await findRun(integration, runId), integration),
      lines: async (after) =>
        (await readRunLog(String(runId), Number(after), LINES_AT_ONCE)).map(runLogLineView),
      permit: async () => {
        const caller = await accessRules().authenticate(ctx)
        await accessRules().openProject(caller, params.project_id, 'project.read')
      },
      isOver: () => gone || app.isTerminating,
    })
    ctx.response.header('Content-Type', 'text/event-stream; charset=utf-8')
    ctx.response.header('X-Accel-Buffering', 'no')
    // A connection that idles after its stream would hold up a stop of the server.
    ctx.response.header('Connection', 'close')
    ctx.response.stream(Readable.from(untilFault(events, ctx)))
  },
})
