import { randomUUID } from 'node:crypto'
import { PLAYER_LIMIT } from '#attribution/public'
import { attributionSettings, campaignResolution } from '#measurement/public'
import type { ProjectContext } from '#shared/http/types'
import { publishedVersion, reachParams, versionParams, type Version } from '#warehouse/public'
import { isAsked } from '../plan/request.ts'
import type { Statement } from '../plan/statement.ts'
import { readCoverage } from '../queries/coverage.ts'
import { readFreshness } from '../queries/freshness.ts'
import { reportGate } from '../queries/report_gate.ts'
import { runStatement, type Row } from '../queries/run_statement.ts'
import { filterParameters } from './filters.ts'
import { convertedLinks, flowSql, nullLinks } from './flow_sql.ts'
import { foldFlow } from './fold.ts'
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

type Run = (
  name: string,
  statement: Statement,
  mostRows?: number
) => ReturnType<typeof runStatement>

/** Every pair of steps that may have names, in every column. */
const mostLinks = ({ depth }: JourneysPlan): number => (depth + 2) * (PLAYER_LIMIT + 4) ** 2

async function readFlow(
  plan: JourneysPlan,
  version: Version,
  parameters: Record<string, unknown>,
  run: Run
): Promise<Row[]> {
  if (plan.include !== 'all') return run('flow', { sql: flowSql(plan), parameters })
  const steps = await stepNames(plan, version, parameters, run)
  const links = (name: string, sql: string) =>
    run(name, { sql, parameters: { ...parameters, ...steps } }, mostLinks(plan))
  const [converted, lost] = await Promise.all([
    links('flow_of_conversions', convertedLinks(plan)),
    links('flow_of_others', nullLinks(plan)),
  ])
  return foldFlow({ converted, lost }, steps.names, plan.minShare)
}

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
  const [flow, paths, lengths] = await Promise.all([
    readFlow(plan, version, parameters, run),
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
  const run: Run = (name, statement, mostRows) => {
    statements.push({ name, ...statement })
    return runStatement(statement, `${queryId}-${name}`, mostRows)
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
