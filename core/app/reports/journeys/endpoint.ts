import type { HttpContext } from '@adonisjs/core/http'
import { endpoint, jsonOr } from '#shared/http/endpoint'
import type { ProjectContext } from '#shared/http/types'
import { fileTypes, sendTable, type Table } from '../answer/file.ts'
import { requestOf } from '../endpoints/request_of.ts'
import { buildJourneys } from './build.ts'
import { JourneysQuery, JourneysRequest } from './request.ts'
import { JourneysReport } from './schemas.ts'

const common = {
  path: '/projects/:project_id/reports/journeys',
  permission: 'project.read',
  tag: 'reports',
  summary: 'The ways that lead to conversions, as a flow from step to step',
  description: `The request stands in the body or in the query, never in both (\`explain\` may stand in the query of a body's request). \`Accept\` chooses JSON, or the links as CSV or XLSX.`,
  query: JourneysQuery,
  responses: { 200: jsonOr(JourneysReport, ...fileTypes) },
  idempotent: false,
} as const

const columns = [
  'source_step',
  'source',
  'target_step',
  'target',
  'value',
  'conversions',
  'revenue',
]

/** The links by the names of what they join. */
function tableOf({ nodes, links, meta }: JourneysReport): Table {
  const byId = new Map(nodes.map((node) => [node.id, node]))
  const rows = links.map(({ source, target, ...figures }) => ({
    source_step: byId.get(source)?.step ?? null,
    source: byId.get(source)?.label ?? null,
    target_step: byId.get(target)?.step ?? null,
    target: byId.get(target)?.label ?? null,
    ...figures,
  }))
  return { name: `journeys_${meta.date_from}_${meta.date_to}`, columns, rows }
}

interface Input {
  ctx: HttpContext
  project: ProjectContext
  query: Record<string, unknown>
  body: Record<string, unknown> | undefined
}

async function answer({ ctx, project, query, body }: Input): Promise<JourneysReport | undefined> {
  const report = await buildJourneys(await requestOf(JourneysRequest, query, body), project)
  return (await sendTable(ctx, () => tableOf(report))) ? undefined : report
}

export const readJourneys = endpoint({
  ...common,
  method: 'GET',
  body: JourneysRequest.optional(),
  handle: async (input) => {
    const report = await answer(input)
    return report && input.reply(200, report)
  },
})

export const queryJourneys = endpoint({
  ...common,
  method: 'POST',
  body: JourneysRequest.partial(),
  handle: async (input) => {
    const report = await answer(input)
    return report && input.reply(200, report)
  },
})
