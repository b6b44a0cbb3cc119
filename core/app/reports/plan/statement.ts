import { NOT_SET } from '#attribution/public'
import { versionParams, type Version } from '#warehouse/public'
import { tableNames } from '../catalogue/types.ts'
import { creditValues } from './credits/values.ts'
import type { Period } from './dates.ts'
import { arityOf } from './filters.ts'
import { metricSql } from './metric_sql.ts'
import { sourceSql } from './source_sql.ts'
import type { Grouping, Plan, ProjectPlan } from './types.ts'

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

/** Marks the row of the totals: it belongs to no group. */
export const TOTAL = 'is_total'

function groupingColumns(
  { name, dimension }: Grouping,
  index: number,
  all: readonly Grouping[]
): string[] {
  const key =
    dimension.type === 'date'
      ? `if(${TOTAL}, NULL, toString(k${index}))`
      : `nullIf(toString(k${index}), '')`
  const { label } = dimension
  if (!label) return [`${key} AS ${quoted(name)}`]
  if (label.column === undefined) {
    const own = label.pick(`l${index}`, `k${index}`)
    const shown = `multiIf(k${index} = '', NULL, k${index} = '${NOT_SET}', k${index}, ${own})`
    return [`${shown} AS ${quoted(name)}`, `toString(k${index}) AS ${keyName(index)}`]
  }
  // Whoever groups by the name as well gets it once.
  if (all.some((grouping) => grouping.name === label.column)) return [`${key} AS ${quoted(name)}`]
  return [
    `${key} AS ${quoted(name)}`,
    `${label.pick(`l${index}`, `k${index}`)} AS ${quoted(label.column)}`,
  ]
}

/** As asked for; ties by the groups' names, unknown last. */
function orderSql(plan: Plan): string {
  const direction = { asc: 'ASC', desc: 'DESC' }
  const asked = plan.order.map(
    ({ column, dir }) => `${quoted(column)} ${direction[dir]} NULLS LAST`
  )
  const ties = plan.groupings.map(({ name }) => `${quoted(name)} ASC NULLS LAST`)
  return [...asked, ...ties].join(', ')
}

function isAsked(keys: readonly string[]): string {
  const texts = keys.map((key) => `toString(${key})`)
  const bound = keys.map((_, index) => `{group_${index}:Array(String)}`)
  return keys.length === 1
    ? `${texts.join('')} IN ${bound.join('')}`
    : `(${texts.join(', ')}) IN arrayZip(${bound.join(', ')})`
}

/**
 * The groups, and the total of all of them as one row more.
 *
 * TRICKY: `WITH TOTALS` would do the same, but where there are no rows the embedded engine writes
 * totals before the beginning of the document.
 */
function groupsSql(plan: Plan, wanted: GroupKeys | undefined): string {
  if (plan.groupings.length === 0) return ''
  const keys = plan.groupings.map((_, index) => `k${index}`)
  const order = orderSql(plan)
  return [
    `GROUP BY GROUPING SETS ((${keys.join(', ')}), ())`,
    ...(wanted ? [`HAVING ${TOTAL} OR ${isAsked(keys)}`] : laterPage(plan, order)),
    `ORDER BY ${TOTAL} DESC, ${order}`,
    ...(wanted ? [] : ['LIMIT {limit:UInt64} + 1']),
  ].join('\n')
}

/** Leaves out what earlier pages have shown, but not the totals: an `OFFSET` would skip them. */
function laterPage({ offset }: Plan, order: string): string[] {
  if (offset === 0) return []
  const place = `row_number() OVER (PARTITION BY ${TOTAL} ORDER BY ${order})`
  return [`QUALIFY ${TOTAL} OR ${place} > {offset:UInt64}`]
}

function parametersOf(
  plan: ProjectPlan,
  version: Version,
  period: Period
): Record<string, unknown> {
  const filters: Record<string, unknown> = Object.fromEntries(
    plan.filters
      .map(({ op, values }, index) => ({ name: `filter_${index}`, op, values }))
      .filter(({ op }) => arityOf(op) !== 'none')
      .map(({ name, values }) => [name, values])
  )
  return {
    ...versionParams(version),
    date_from: period.from,
    date_to: period.to,
    ...filters,
    ...plan.campaigns,
  }
}

/** Those that the statement names. */
function named(sql: string, values: Record<string, unknown>): Record<string, unknown> {
  const entries = Object.entries(values)
  return Object.fromEntries(entries.filter(([name]) => sql.includes(`{${name}:`)))
}

/** One row more than the page has tells whether there is another page. */
const pageParameters = ({ limit, offset }: Plan) => ({
  limit: limit + 1,
  ...(offset > 0 && { offset }),
})

/**
 * The report as one statement. With groupings, its first row are the totals: computed of all rows, so
 * that ratios and distinct counts are right in them too.
 *
 * @param keys instead of a page, exactly these groups
 */
export function statementOf(
  plan: ProjectPlan,
  version: Version,
  options: { period?: Period; keys?: GroupKeys } = {}
): Statement {
  const sources = tableNames
    .filter((table) => plan.parts.some((part) => part.table === table))
    .map((table) => sourceSql(table, plan))
  const columns = [
    ...plan.groupings.flatMap(groupingColumns),
    ...(plan.groupings.length > 0 ? [`grouping(k0) = 1 AS ${TOTAL}`] : []),
    ...plan.metrics.map((metric) => `${metricSql(metric, plan.parts)} AS ${quoted(metric.key)}`),
  ]
  const { keys, period = plan.period } = options
  const sql = [
    `SELECT\n  ${columns.join(',\n  ')}`,
    `FROM (\n  ${sources.join('\n  UNION ALL\n  ')}\n)`,
    groupsSql(plan, keys),
  ]
    .filter(Boolean)
    .join('\n')
  return {
    sql,
    parameters: {
      ...parametersOf(plan, version, period),
      ...named(sql, creditValues(plan, period)),
      ...(keys
        ? Object.fromEntries(keys.map((values, index) => [`group_${index}`, values]))
        : plan.groupings.length > 0 && pageParameters(plan)),
    },
  }
}
