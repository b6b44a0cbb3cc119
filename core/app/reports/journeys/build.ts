import { randomUUID } from 'node:crypto'
import { attributionSettings, campaignResolution } from '#measurement/public'
import type { ProjectContext } from '#shared/http/types'
import { publishedVersion, reachParams, versionParams, type Version } from '#warehouse/public'
import { isAsked } from '../plan/request.ts'
import type { Statement } from '../plan/statement.ts'
import { readCoverage } from '../queries/coverage.ts'
import { readFreshness } from '../queries/freshness.ts'
import { reportGate } from '../queries/report_gate.ts'
import { runStatement } from '../queries/run_statement.ts'
import { filterParameters } from './filters.ts'
import { flowSql } from './flow_sql.ts'
import { lengthsSql, namesSql, topPathsSql } from './path_sql.ts'
import { planJourneys, type JourneysPlan } from './plan.ts'
import type { JourneysRequest } from './request.ts'
import type { JourneysReport } from './schemas.ts'
import { stepNames } from './step_names.ts'
import { shapeFlow, shapeLengths, shapePaths, shapeTotals, shownSteps } from './shape.ts'

async function parametersOf(
  plan: JourneysPlan,
  version: Version
): Promise<Record<string, unknown>> {
  return {
    ...(plan.step.label && (await campaignResolution(version))),
    ...versionParams(version),
    date_from: plan.period.from,
    date_to: plan.period.to,
    goal: plan.goal,
    ...reachParams(plan.period, plan.windowDays),
    depth: plan.depth,
    min_share: plan.minShare,
    contains_step: plan.containsStep,
    ...filterParameters(plan.filters),
  }
}

type Run = (name: string, statement: Statement) => ReturnType<typeof runStatement>

/** Names of what is shown, for steps that have several. */
async function readNames(
  plan: JourneysPlan,
  parameters: Record<string, unknown>,
  steps: readonly string[],
  run: Run
): Promise<Map<string, string>> {
  const sql = namesSql(plan)
  if (sql === undefined || steps.length === 0) return new Map()
  const found = await run('names', { sql, parameters: { ...parameters, steps } })
  return new Map(found.map(({ step, name }) => [String(step), String(name)]))
}

async function readJourneys(plan: JourneysPlan, version: Version, run: Run) {
  const parameters = await parametersOf(plan, version)
  const readFlow = async () => {
    const steps = plan.include === 'all' ? await stepNames(plan, version, parameters, run) : {}
    return run('flow', { sql: flowSql(plan), parameters: { ...parameters, ...steps } })
  }
  const [flow, paths, lengths] = await Promise.all([
    readFlow(),
    run('top_paths', { sql: topPathsSql(plan), parameters }),
    run('lengths', { sql: lengthsSql(plan), parameters }),
  ])
  const names = await readNames(plan, parameters, shownSteps(flow, paths), run)
  const totals = shapeTotals(flow, lengths)
  return {
    ...shapeFlow(flow, names),
    totals,
    top_paths: shapePaths(paths, names, { from: plan.from, conversions: totals.conversions }),
    lengths: shapeLengths(lengths),
  }
}

/** What the figures are of, whatever they are. */
function describe(plan: JourneysPlan, { currency, timezone }: ProjectContext) {
  return {
    currency,
    timezone,
    date_from: plan.period.from,
    date_to: plan.period.to,
    conversion: plan.goal,
    window_days: plan.windowDays,
    step: plan.step.key,
    depth: plan.depth,
    from: plan.from,
    include: plan.include,
    collapse_repeats: plan.collapsesRepeats,
    customers: plan.customers,
    min_share: plan.minShare,
  }
}

export async function buildJourneys(
  request: JourneysRequest,
  project: ProjectContext
): Promise<JourneysReport> {
  const started = performance.now()
  const queryId = randomUUID()
  const projectId = String(project.id)
  const plan = planJourneys(request, await attributionSettings(projectId))
  const version = await publishedVersion(projectId)
  const statements: ({ name: string } & Statement)[] = []
  const run: Run = (name, statement) => {
    statements.push({ name, ...statement })
    return runStatement(statement, `${queryId}-${name}`)
  }
  const [report, coverage, freshness] = await reportGate.run(version.projectId, () =>
    Promise.all([
      readJourneys(plan, version, run),
      readCoverage(version, plan.period, queryId),
      readFreshness(version),
    ])
  )
  return {
    ...report,
    meta: {
      ...describe(plan, project),
      coverage,
      freshness,
      commit: version.commitId,
      generated_in_ms: Math.round((performance.now() - started) * 10) / 10,
      query_id: queryId,
      ...(isAsked(request.explain) && { explain: { statements } }),
    },
  }
}
