import type { HttpContext } from '@adonisjs/core/http'
import { endpoint, jsonOr } from '#shared/http/endpoint'
import type { ProblemCode } from '#shared/http/problem'
import type { ProjectContext } from '#shared/http/types'
import { requestOf } from '../../endpoints/request_of.ts'
import { CreditsQuery, CreditsRequest } from '../request.ts'
import { creditsFile } from './file.ts'
import { creditsPage } from './page.ts'
import { CreditsPage } from './schemas.ts'

const CSV = 'text/csv'

const common = {
  path: '/projects/:project_id/reports/attribution/credits',
  permission: 'project.read',
  tag: 'reports',
  summary: 'What each touch of each conversion is credited with',
  description: `The rows behind the attribution report of the same request, in pages; with \`Accept: text/csv\` all of them, credits and amounts with all nine places. A conversion without a touch has one row, whose touch is null. The rows of a conversion sum to 1 and to its amount.`,
  query: CreditsQuery,
  responses: { 200: jsonOr(CreditsPage, CSV) },
  idempotent: false,
} as const

const problems: ProblemCode[] = ['cursor_expired']

interface Input {
  ctx: HttpContext
  project: ProjectContext
  query: Record<string, unknown>
  body: Record<string, unknown> | undefined
}

async function sendAll(ctx: HttpContext, request: CreditsRequest, project: ProjectContext) {
  const { limit: _, cursor: __, ...asked } = request
  const gone = new AbortController()
  ctx.response.response.once('close', () => gone.abort())
  const file = await creditsFile(asked, project, gone.signal)
  const name = `credits_${asked.date_from}_${asked.date_to}.csv`
  ctx.response.header('Content-Type', `${CSV}; charset=utf-8`)
  ctx.response.header('Content-Disposition', `attachment; filename="${name}"`)
  ctx.response.stream(file)
}

async function answer({ ctx, project, query, body }: Input): Promise<CreditsPage | undefined> {
  const request = await requestOf(CreditsRequest, query, body)
  if (ctx.request.accepts(['application/json', CSV]) !== CSV) return creditsPage(request, project)
  await sendAll(ctx, request, project)
  return undefined
}

export const readCredits = endpoint({
  ...common,
  problems,
  method: 'GET',
  body: CreditsRequest.optional(),
  handle: async (input) => {
    const page = await answer(input)
    return page && input.reply(200, page)
  },
})

export const queryCredits = endpoint({
  ...common,
  problems,
  method: 'POST',
  body: CreditsRequest.partial(),
  handle: async (input) => {
    const page = await answer(input)
    return page && input.reply(200, page)
  },
})
