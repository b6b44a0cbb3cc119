import type { Table } from '../answer/file.ts'
import type { Row } from '../queries/run_statement.ts'
import type { BuiltAttribution } from './build.ts'

const figures = ['conversions', 'revenue', 'share', 'new_customers', 'roas', 'cpa'] as const

/** The report as a table: for each model its figures side by side. */
export function tableOf({ plan, report }: BuiltAttribution): Table {
  const { name } = plan.grouping
  const columns = plan.models.flatMap((model) => figures.map((figure) => `${model}_${figure}`))
  const rows = report.data.map((row): Row => {
    const cells = plan.models.flatMap((model) =>
      figures.map((figure) => [`${model}_${figure}`, row.models[model]?.[figure] ?? null] as const)
    )
    const player = row[name]
    return {
      [name]: typeof player === 'string' ? player : null,
      cost: row.cost,
      ...Object.fromEntries(cells),
    }
  })
  return {
    name: `attribution_${plan.period.from}_${plan.period.to}`,
    columns: [name, 'cost', ...columns],
    rows,
  }
}
