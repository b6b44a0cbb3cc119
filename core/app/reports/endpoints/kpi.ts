import type { HttpContext } from '@adonisjs/core/http'
import { endpoint, jsonOr } from '#shared/http/endpoint'
import type { ProblemCode } from '#shared/http/problem'
import type { ProjectContext } from '#shared/http/types'
import { fileTypes, sendFile } from '../answer/file.ts'
import { buildReport } from '../build_report.ts'
import { KpiQuery, KpiRequest } from '../plan/request.ts'
import { KpiReport } from '../schemas.ts'
import { requestOf } from './request_of.ts'

const common = {
  path: '/projects/:project_id/reports/kpi',
  permission: 'project.read',
  tag: 'reports',
  summary: 'Key figures by any dimension',
  description: `The request stands in the body or in the query, never in both (\`explain\` may stand in the query of a body's request). Ratios are ratios of sums; one whose denominator is zero is null, and \`meta.nulls\` says why. \`Accept\` chooses JSON, CSV or XLSX.`,
  query: KpiQuery,
  responses: { 200: jsonOr(KpiReport, ...fileTypes) },
  idempotent: false,
} as const

const problems: ProblemCode[] = ['cursor_expired']

interface Input {
  ctx: HttpContext
  project: ProjectContext
  query: Record<string, unknown>
  body: Record<string, unknown> | undefined
}

async function answer({ ctx, project, query, body }: Input): Promise<KpiReport | undefined> {
  const { plan, report } = await buildReport(await requestOf(KpiRequest, query, body), project)
  return (await sendFile(ctx, plan, report)) ? undefined : report
}

export const readKpi = endpoint({
  ...common,
  problems,
  method: 'GET',
  body: KpiRequest.optional(),
  handle: async (input) => {
    const report = await answer(input)
    return report && input.reply(200, report)
  },
})

export const queryKpi = endpoint({
  ...common,
  problems,
  method: 'POST',
  body: KpiRequest.partial(),
  handle: async (input) => {
    const report = await answer(input)
    return report && input.reply(200, report)
  },
})
