import { randomUUID } from 'node:crypto'
import { attributionSettings, campaignResolution, paidChannels } from '#measurement/public'
import type { ProjectContext } from '#shared/http/types'
import { publishedVersion, type Version } from '#warehouse/public'
import { nextCursor, pinVersion, readCursor, type Position } from './answer/cursor.ts'
import {
  alignRows,
  explainNulls,
  groupKeys,
  keysIn,
  readResult,
  shapeRows,
  shapeTotals,
  type Result,
} from './answer/shape.ts'
import { needsCampaigns } from './catalogue/dimensions.ts'
import { explain } from './explain.ts'
import { isFitted } from './attribution/compute.ts'
import { creditedMetrics } from './plan/credited_metrics.ts'
import { comparisonPeriod, type Period } from './plan/dates.ts'
import { makePlan } from './plan/make_plan.ts'
import { spellOut } from './plan/plan_attribution.ts'
import { isAsked, type KpiRequest } from './plan/request.ts'
import { statementOf, type GroupKeys } from './plan/statement.ts'
import type { Plan, ProjectPlan } from './plan/types.ts'
import { fitPlayers } from './queries/fit_players.ts'
import { readCoverage } from './queries/coverage.ts'
import { unreliable } from './answer/unreliable.ts'
import { readFreshness } from './queries/freshness.ts'
import { reportGate } from './queries/report_gate.ts'
import { runStatement } from './queries/run_statement.ts'
import type { KpiReport } from './schemas.ts'

/** A report bound to one published state of the project's data. */
interface BoundPlan {
  request: KpiRequest
  plan: ProjectPlan
  version: Version
  position: Position | undefined
}

async function bindPlan(asked: KpiRequest, project: ProjectContext): Promise<BoundPlan> {
  const projectId = String(project.id)
  const [attribution, published, paid] = await Promise.all([
    attributionSettings(projectId),
    publishedVersion(projectId),
    paidChannels(projectId),
  ])
  const request = spellOut(asked, attribution)
  const position = readCursor(request, Date.now())
  const settled = { weekStart: project.weekStart, attribution }
  const plan = makePlan(request, settled, position?.offset ?? 0)
  const version = pinVersion(published, position)
  const named = needsCampaigns([...plan.groupings, ...plan.filters])
  const campaigns = named ? { campaigns: await campaignResolution(version) } : {}
  return { request, plan: { ...plan, paidChannels: paid, ...campaigns }, version, position }
}

/** A report as it is answered, and the plan that it follows. */
export interface BuiltReport {
  plan: Plan
  report: KpiReport
}

export async function buildReport(
  request: KpiRequest,
  project: ProjectContext
): Promise<BuiltReport> {
  const started = performance.now()
  const queryId = randomUUID()
  const bound = await bindPlan(request, project)
  const { plan, version } = bound
  const [{ statement, found }, coverage, freshness] = await reportGate.run(version.projectId, () =>
    Promise.all([
      readFigures(bound, { period: plan.period }, queryId),
      readCoverage(version, plan.period, queryId),
      readFreshness(version),
    ])
  )
  const result = readResult(plan, found)
  const other = await compare(bound, result, queryId)
  const data = shapeRows(plan, result)
  const totals = shapeTotals(plan, result)
  const report = {
    data,
    totals,
    comparison: other?.comparison ?? null,
    next_cursor: cursorAfter(bound, result),
    meta: {
      ...describe(plan, project),
      coverage,
      freshness,
      nulls: explainNulls(plan, [...data, totals]),
      unreliable: unreliable(plan, coverage),
      commit: version.commitId,
      generated_in_ms: Math.round((performance.now() - started) * 10) / 10,
      query_id: queryId,
      ...(isAsked(request.explain) && { explain: explain(plan, statement, other?.statement) }),
    },
  }
  return { plan, report }
}

/** Runs the statement of a period, of whose orders a fitted model learns before. */
async function readFigures(
  { plan, version }: BoundPlan,
  options: { period: Period; keys?: GroupKeys },
  queryId: string
) {
  const players = await fitPlayers(plan, version, options.period, queryId)
  const statement = statementOf({ ...plan, ...(players && { players }) }, version, options)
  return { statement, found: await runStatement(statement, queryId) }
}

/** Under which model, and which figures follow it. */
function describeAttribution(plan: Plan) {
  const { window_days: days, params, grouping } = plan.attribution
  return {
    model: plan.model,
    window_days: days,
    params,
    metrics: creditedMetrics(plan).map(({ key }) => key),
    players: isFitted(plan.attribution) ? grouping.name : null,
  }
}

/** What the figures are of, whatever they are. */
function describe(plan: Plan, { currency, timezone }: ProjectContext) {
  return {
    currency,
    timezone,
    date_from: plan.period.from,
    date_to: plan.period.to,
    granularity: plan.granularity,
    refund_basis: plan.refundBasis,
    attribution: describeAttribution(plan),
  }
}

function cursorAfter(bound: BoundPlan, { rows }: Result): string | null {
  const { request, plan, version, position } = bound
  if (plan.groupings.length === 0 || rows.length <= plan.limit) return null
  const offset = plan.offset + plan.limit
  return nextCursor(request, version, { offset, at: position?.at ?? Date.now() })
}

/** The other period: for each row of the page its counterpart, and totals of all. */
async function compare(bound: BoundPlan, result: Result, queryId: string) {
  const { plan, version } = bound
  if (!plan.comparison) return undefined
  const period = comparisonPeriod(plan.period, plan.comparison)
  const page = result.rows.slice(0, plan.limit)
  const keys = keysIn(plan, groupKeys(plan, page), period)
  const { statement, found } = await reportGate.run(version.projectId, () =>
    readFigures(bound, { period, keys }, `${queryId}-comparison`)
  )
  const other = readResult(plan, found)
  const totals = shapeTotals(plan, other)
  const data = plan.groupings.length === 0 ? [totals] : alignRows(plan, page, keys, other)
  return {
    statement,
    comparison: { date_from: period.from, date_to: period.to, totals, data },
  }
}
