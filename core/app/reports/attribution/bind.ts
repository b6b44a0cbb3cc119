import { reachParams, versionParams, type Version } from '#warehouse/public'
import type { CampaignResolution } from '#measurement/public'
import { arityOf } from '../plan/filters.ts'
import type { Statement } from '../plan/statement.ts'
import type { AttributionPlan } from './plan.ts'
import { modelParams } from './sql/model_sql.ts'

type Values = Record<string, unknown>

function filterValues(plan: AttributionPlan, kind: 'order' | 'touch'): Values {
  return Object.fromEntries(
    plan[`${kind}Filters`].flatMap(({ op, values }, index) =>
      arityOf(op) === 'none' ? [] : [[`${kind}_filter_${index}`, values] as const]
    )
  )
}

/** What a project has settled, and what its state says, that statements need beside the plan. */
export interface Known {
  paidChannels: readonly string[]
  /** Only where campaigns are asked for. */
  campaigns?: CampaignResolution
}

function valuesOf(plan: AttributionPlan, version: Version, known: Known): Values {
  return {
    ...known.campaigns,
    ...versionParams(version),
    date_from: plan.period.from,
    date_to: plan.period.to,
    goal: plan.goal,
    paid_channels: known.paidChannels,
    ...reachParams(plan.period, plan.window_days),
    ...filterValues(plan, 'order'),
    ...filterValues(plan, 'touch'),
    ...modelParams(plan.params),
  }
}

/** Makes statements of SQL: each with the values that it names and no others. */
export function binder(plan: AttributionPlan, version: Version, known: Known) {
  const common = valuesOf(plan, version, known)
  return (sql: string, own: Values = {}): Statement => {
    const values = Object.entries({ ...common, ...own })
    const named = values.filter(([name]) => sql.includes(`{${name}:`))
    return { sql, parameters: Object.fromEntries(named) }
  }
}
export type Bind = ReturnType<typeof binder>
