import { versionParams, type Version } from '#warehouse/public'
import { paidChannels } from '../catalogue/paid_channels.ts'
import { tableNames } from '../catalogue/types.ts'
import type { Period } from './dates.ts'
import { arityOf } from './filters.ts'
import { metricSql } from './metric_sql.ts'
import { sourceSql } from './source_sql.ts'
import type { Grouping, Plan } from './types.ts'

/** SQL text without values, and the values that it names. */
export interface Statement {
  sql: string
  parameters: Record<string, unknown>
}

/** Groups by the values of their groupings, `''` for unknown; one list per grouping. */
export type GroupKeys = readonly (readonly string[])[]

const quoted = (name: string) => `\`${name}\``

/** The column that tells folded groups apart, where the answer shows one of their spellings. */
export const keyName = (index: number): string => `key_${index}`

function groupingColumns(
  { name, dimension }: Grouping,
  index: number,
  all: readonly Grouping[]
): string[] {
  const key = dimension.type === 'date' ? `toString(k${index})` : `nullIf(toString(k${index}), '')`
  const { label } = dimension
  if (!label) return [`${key} AS ${quoted(name)}`]
  if (label.column === undefined) {
    const shown = `if(k${index} = '', NULL, ${label.pick(`l${index}`)})`
    return [`${shown} AS ${quoted(name)}`, `toString(k${index}) AS ${keyName(index)}`]
  }
  // Whoever groups by the name as well gets it once.
  if (all.some((grouping) => grouping.name === label.column)) return [`${key} AS ${quoted(name)}`]
  return [`${key} AS ${quoted(name)}`, `${label.pick(`l${index}`)} AS ${quoted(label.column)}`]
}

function orderSql(plan: Plan): string {
  const direction = { asc: 'ASC', desc: 'DESC' }
  const asked = plan.order.map(
    ({ column, dir }) => `${quoted(column)} ${direction[dir]} NULLS LAST`
  )
  const ties = plan.groupings.map(({ name }) => `${quoted(name)} ASC NULLS LAST`)
  return `ORDER BY ${[...asked, ...ties].join(', ')}`
}

function groupsSql(plan: Plan, keys: GroupKeys | undefined): string {
  if (plan.groupings.length === 0) return ''
  const columns = plan.groupings.map((_, index) => `k${index}`)
  const groups = `GROUP BY ${columns.join(', ')} WITH TOTALS`
  if (!keys) {
    return `${groups}\n${orderSql(plan)}\nLIMIT {limit:UInt64} OFFSET {offset:UInt64}`
  }
  const texts = columns.map((column) => `toString(${column})`)
  const bound = columns.map((_, index) => `{group_${index}:Array(String)}`)
  const asked =
    columns.length === 1
      ? `${texts.join('')} IN ${bound.join('')}`
      : `(${texts.join(', ')}) IN arrayZip(${bound.join(', ')})`
  // Totals are of all groups, not of those asked for.
  return `${groups}\nHAVING ${asked}\nSETTINGS totals_mode = 'before_having'`
}

function parametersOf(plan: Plan, version: Version, period: Period): Record<string, unknown> {
  const filters = plan.filters
    .map(({ op, values }, index) => ({ name: `filter_${index}`, op, values }))
    .filter(({ op }) => arityOf(op) !== 'none')
    .map(({ name, values }) => [name, values])
  const usesPaid = plan.parts.some(({ part }) => part.key.startsWith('paid_'))
  return {
    ...versionParams(version),
    date_from: period.from,
    date_to: period.to,
    ...Object.fromEntries(filters),
    ...(usesPaid && { paid_channels: paidChannels }),
  }
}

/**
 * The report as one statement. With groupings, ClickHouse answers totals beside the rows (`WITH
 * TOTALS`): computed of all rows, so that ratios and distinct counts are right in them too.
 *
 * @param keys instead of a page, exactly these groups
 */
export function statementOf(
  plan: Plan,
  version: Version,
  options: { period?: Period; keys?: GroupKeys } = {}
): Statement {
  const sources = tableNames
    .filter((table) => plan.parts.some((part) => part.table === table))
    .map((table) => sourceSql(table, plan))
  const columns = [
    ...plan.groupings.flatMap(groupingColumns),
    ...plan.metrics.map((metric) => `${metricSql(metric, plan.parts)} AS ${quoted(metric.key)}`),
  ]
  const { keys, period = plan.period } = options
  return {
    sql: [
      `SELECT\n  ${columns.join(',\n  ')}`,
      `FROM (\n  ${sources.join('\n  UNION ALL\n  ')}\n)`,
      groupsSql(plan, keys),
    ]
      .filter(Boolean)
      .join('\n'),
    parameters: {
      ...parametersOf(plan, version, period),
      ...(keys
        ? Object.fromEntries(keys.map((values, index) => [`group_${index}`, values]))
        : plan.groupings.length > 0 && { limit: plan.limit + 1, offset: plan.offset }),
    },
  }
}
