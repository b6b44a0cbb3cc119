import { randomUUID } from 'node:crypto'
import { attributionSettings, campaignResolution, paidChannels } from '#measurement/public'
import type { ProjectContext } from '#shared/http/types'
import { publishedVersion, type Version } from '#warehouse/public'
import { isAsked } from '../plan/request.ts'
import { readCoverage } from '../queries/coverage.ts'
import { readFreshness } from '../queries/freshness.ts'
import { reportGate } from '../queries/report_gate.ts'
import { answerOf } from './answer.ts'
import type { Known } from './bind.ts'
import { compute } from './compute.ts'
import { planAttribution, type AttributionPlan } from './plan.ts'
import { Reading } from './reading.ts'
import type { AttributionRequest } from './request.ts'
import type { AttributionReport } from './schemas.ts'

/** What figures are of, whatever they are. */
export function describe(plan: AttributionPlan, { currency, timezone }: ProjectContext) {
  return {
    currency,
    timezone,
    date_from: plan.period.from,
    date_to: plan.period.to,
    conversion: plan.goal,
    value: plan.value,
    models: plan.models,
    window_days: plan.window_days,
    params: plan.params,
  }
}

/** Milliseconds since a moment, to a tenth. */
export const since = (started: number): number =>
  Math.round((performance.now() - started) * 10) / 10

const asksForCampaigns = ({ grouping, touchFilters }: AttributionPlan): boolean =>
  [grouping, ...touchFilters].some(({ dimension }) => dimension.label)

/** What statements need beside the plan. */
export async function knownOf(plan: AttributionPlan, version: Version): Promise<Known> {
  const [paid, campaigns] = await Promise.all([
    paidChannels(version.projectId),
    asksForCampaigns(plan) ? campaignResolution(version) : undefined,
  ])
  return { paidChannels: paid, ...(campaigns && { campaigns }) }
}

/** A report as it is answered, and the plan that it follows. */
export interface BuiltAttribution {
  plan: AttributionPlan
  report: AttributionReport
}

export async function buildAttribution(
  request: AttributionRequest,
  project: ProjectContext
): Promise<BuiltAttribution> {
  const started = performance.now()
  const queryId = randomUUID()
  const projectId = String(project.id)
  const plan = planAttribution(request, await attributionSettings(projectId))
  const version = await publishedVersion(projectId)
  const known = await knownOf(plan, version)
  const reading = new Reading(plan, version, known, queryId)
  const [found, coverage, freshness] = await reportGate.run(version.projectId, () =>
    Promise.all([
      compute(reading),
      readCoverage(version, plan.period, queryId),
      readFreshness(version),
    ])
  )
  const { data, totals, meta } = answerOf(plan, found, known.paidChannels)
  return {
    plan,
    report: {
      data,
      totals,
      meta: {
        ...describe(plan, project),
        ...meta,
        coverage,
        freshness,
        commit: version.commitId,
        generated_in_ms: since(started),
        query_id: queryId,
        ...(isAsked(request.explain) && { explain: { statements: reading.statements } }),
      },
    },
  }
}
