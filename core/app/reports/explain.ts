import { partsOf } from './catalogue/metrics.ts'
import type { Metric, TableName } from './catalogue/types.ts'
import { metricSql } from './plan/metric_sql.ts'
import type { Statement } from './plan/statement.ts'
import type { Plan } from './plan/types.ts'
import type { Explanation } from './schemas.ts'

const tables: Readonly<Record<TableName, string>> = {
  kpi: 'daily_kpi',
  orders: 'order_facts',
  items: 'order_facts, per product',
  credits: 'journeys, per credited touch',
  credited_items: 'journeys and order_facts, per credited touch and product',
}

type ExplainedMetric = Explanation['metrics'][string]

function explainParts(metric: Metric, plan: Plan): ExplainedMetric['parts'] {
  return partsOf(metric).flatMap((key) => {
    const planned = plan.parts.find(({ part }) => part.key === key)
    if (!planned) return []
    const source = tables[planned.table]
    const uses = [
      { role: 'numerator' as const, sign: metric.numerator[key] },
      { role: 'denominator' as const, sign: metric.denominator?.[key] },
      { role: 'condition' as const, sign: metric.condition?.part === key ? 0 : undefined },
    ]
    return uses.flatMap(({ role, sign }) =>
      sign === undefined ? [] : [{ key, role, sign, source }]
    )
  })
}

/** The plan of a report itself: the statements that it runs, and what their columns mean. */
export function explain(
  plan: Plan,
  statement: Statement,
  comparison: Statement | undefined
): Explanation {
  const metrics = plan.metrics.map((metric) => [
    metric.key,
    {
      title: metric.title,
      unit: metric.unit,
      formula: metric.formula,
      expression: metricSql(metric, plan.parts),
      parts: explainParts(metric, plan),
      null_reason: metric.condition?.reason ?? metric.nullReason ?? null,
    },
  ])
  const dimensions = plan.groupings.map(({ name, dimension }) => [
    name,
    { key: dimension.key, title: dimension.title },
  ])
  return {
    ...statement,
    comparison: comparison ?? null,
    metrics: Object.fromEntries(metrics) as Explanation['metrics'],
    dimensions: Object.fromEntries(dimensions) as Explanation['dimensions'],
  }
}
