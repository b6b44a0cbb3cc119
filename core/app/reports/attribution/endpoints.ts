import type { HttpContext } from '@adonisjs/core/http'
import { endpoint, jsonOr } from '#shared/http/endpoint'
import type { ProjectContext } from '#shared/http/types'
import { fileTypes, sendTable } from '../answer/file.ts'
import { requestOf } from '../endpoints/request_of.ts'
import { buildAttribution } from './build.ts'
import { AttributionQuery, AttributionRequest } from './request.ts'
import { AttributionReport } from './schemas.ts'
import { tableOf } from './table.ts'

const common = {
  path: '/projects/:project_id/reports/attribution',
  permission: 'project.read',
  tag: 'reports',
  summary: 'What each channel, campaign or ad is credited with, by up to eight models side by side',
  description: `The request stands in the body or in the query. Conversions of the days are divided among the touches before them, \`window_days\` back; each model's rows sum to the totals. Filters on touches (channel, source, medium, campaign, ad, landing page, keyword) choose rows and never change a path; all others choose conversions. \`Accept\` chooses JSON, CSV or XLSX.`,
  query: AttributionQuery,
  responses: { 200: jsonOr(AttributionReport, ...fileTypes) },
  idempotent: false,
} as const

interface Input {
  ctx: HttpContext
  project: ProjectContext
  query: Record<string, unknown>
  body: Record<string, unknown> | undefined
}

async function answer({ ctx, project, query, body }: Input) {
  const request = await requestOf(AttributionRequest, query, body)
  const built = await buildAttribution(request, project)
  return (await sendTable(ctx, () => tableOf(built))) ? undefined : built.report
}

export const readAttribution = endpoint({
  ...common,
  method: 'GET',
  body: AttributionRequest.optional(),
  handle: async (input) => {
    const report = await answer(input)
    return report && input.reply(200, report)
  },
})

export const queryAttribution = endpoint({
  ...common,
  method: 'POST',
  body: AttributionRequest.partial(),
  handle: async (input) => {
    const report = await answer(input)
    return report && input.reply(200, report)
  },
})
