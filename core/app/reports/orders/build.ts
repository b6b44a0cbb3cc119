import { randomUUID } from 'node:crypto'
import { DateTime } from 'luxon'
import { attributionSettings } from '#measurement/public'
import { invalidField } from '#shared/http/problem'
import type { ProjectContext } from '#shared/http/types'
import { publishedVersion, versionParams } from '#warehouse/public'
import { describe, knownOf, since } from '../attribution/build.ts'
import { fitMarkov, type Fit } from '../attribution/fit.ts'
import { planAttribution, type AttributionPlan } from '../attribution/plan.ts'
import { readNames } from '../attribution/players.ts'
import { Reading, type NamedStatement } from '../attribution/reading.ts'
import type { Period } from '../plan/dates.ts'
import { isAsked } from '../plan/request.ts'
import { reportGate } from '../queries/report_gate.ts'
import { runStatement } from '../queries/run_statement.ts'
import { findOrder, type FoundOrder } from './find_order.ts'
import { readChains } from './identity.ts'
import { explainModels } from './models.ts'
import type { ExplainOrderQuery } from './request.ts'
import type { OrderExplanation } from './schemas.ts'
import { readPath, readTouches } from './touches.ts'

const FITTED_DAYS = 90

/** The days that data-driven models are fitted on. */
function periodOf({ date_from: from, date_to: to }: ExplainOrderQuery, order: FoundOrder): Period {
  if ((from === undefined) !== (to === undefined)) {
    throw invalidField('date_from', 'pair', 'Name both date_from and date_to, or none of them')
  }
  const { date } = order.view
  if (from !== undefined && to !== undefined) {
    if (from <= date && date <= to) return { from, to }
    throw invalidField('date_from', 'range', `The order is of ${date}, which lies outside`)
  }
  const end = DateTime.fromISO(date, { zone: 'utc' }).endOf('month')
  return {
    from: end.minus({ days: FITTED_DAYS - 1 }).toFormat('yyyy-MM-dd'),
    to: end.toFormat('yyyy-MM-dd'),
  }
}

async function planOf(
  query: ExplainOrderQuery,
  order: FoundOrder,
  projectId: string
): Promise<AttributionPlan> {
  const { from: date_from, to: date_to } = periodOf(query, order)
  const { models, group_by, window_days, params } = query
  const asked = { models, group_by, window_days, params, date_from, date_to, conversion: 'order' }
  return planAttribution(asked, await attributionSettings(projectId))
}

const nothing: Fit = { effects: new Map(), nullPaths: 0 }

async function explain(reading: Reading, order: FoundOrder): Promise<OrderExplanation['data']> {
  const { plan } = reading
  const names = await readNames(reading)
  const path = await readPath(reading, names, order)
  const isFitted = plan.models.includes('markov') && order.notCredited === null
  const [touches, fit] = await Promise.all([
    readTouches(reading, names, order, path),
    isFitted ? fitMarkov(reading, names) : nothing,
  ])
  const identity = await readChains(reading.version, order, touches.shown)
  return {
    order: order.view,
    not_credited: order.notCredited,
    touches: touches.shown,
    touches_known: touches.known,
    identity,
    models: order.notCredited === null ? explainModels(plan, order, path, fit) : [],
  }
}

/** Why an order is credited to whom, model by model. */
export async function explainOrder(
  orderId: string,
  query: ExplainOrderQuery,
  project: ProjectContext
): Promise<OrderExplanation> {
  const started = performance.now()
  const queryId = randomUUID()
  const version = await publishedVersion(String(project.id))
  const statements: NamedStatement[] = []
  return reportGate.run(version.projectId, async () => {
    const order = await findOrder(orderId, query, (name, sql, values) => {
      const statement = { name, sql, parameters: { ...versionParams(version), ...values } }
      statements.push(statement)
      return runStatement(statement, `${queryId}-${name}`)
    })
    const plan = await planOf(query, order, version.projectId)
    const reading = new Reading(plan, version, await knownOf(plan, version), queryId)
    const data = await explain(reading, order)
    return {
      data,
      meta: {
        ...describe(plan, project),
        group_by: plan.grouping.name,
        commit: version.commitId,
        generated_in_ms: since(started),
        query_id: queryId,
        ...(isAsked(query.explain) && {
          explain: { statements: [...statements, ...reading.statements] },
        }),
      },
    }
  })
}
