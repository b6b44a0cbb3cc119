import { evaluate } from '../catalogue/evaluate.ts'
import type { Row, Value } from '../queries/run_statement.ts'
import { bucketsOf, type Period } from '../plan/dates.ts'
import { keyName, TOTAL, type GroupKeys } from '../plan/statement.ts'
import type { Plan } from '../plan/types.ts'

/** Columns of the answer that name a group, in order. */
export function groupColumns({ groupings }: Plan): string[] {
  const names = groupings.map(({ name }) => name)
  const labels = groupings.flatMap(({ dimension }) => dimension.label?.column ?? [])
  return [...names, ...labels.filter((label) => !names.includes(label))]
}

export function metricColumns({ metrics }: Plan): string[] {
  return metrics.map(({ key }) => key)
}

function pick(row: Row, columns: readonly string[]): Row {
  return Object.fromEntries(columns.map((column) => [column, row[column] ?? null]))
}

/** What a statement has answered. */
export interface Result {
  rows: Row[]
  totals: Row
}

/** Tells the groups from the total of all of them; without groupings the one row is both. */
export function readResult(plan: Plan, found: readonly Row[]): Result {
  if (plan.groupings.length === 0) return { rows: [...found], totals: found[0] ?? {} }
  return {
    rows: found.filter((row) => row[TOTAL] === 0),
    totals: found.find((row) => row[TOTAL] === 1) ?? {},
  }
}

/** The rows of a page as the answer shows them. */
export function shapeRows(plan: Plan, { rows }: Result): Row[] {
  const columns = [...groupColumns(plan), ...metricColumns(plan)]
  return rows.slice(0, plan.limit).map((row) => pick(row, columns))
}

export function shapeTotals(plan: Plan, { totals }: Result): Row {
  return pick(totals, metricColumns(plan))
}

/** By what the groups of a page are found again: one list of values per grouping. */
export function groupKeys(plan: Plan, rows: readonly Row[]): GroupKeys {
  return plan.groupings.map(({ name }, index) =>
    rows.map((row) => String(row[keyName(index)] ?? row[name] ?? ''))
  )
}

/** Names of the other period's buckets, by those of this one: the first meets the first. */
function counterparts(plan: Plan, other: Period): Map<string, string> {
  const names = bucketsOf(other, plan.granularity, plan.weekStart)
  return new Map(
    bucketsOf(plan.period, plan.granularity, plan.weekStart).flatMap((name, index) => {
      const counterpart = names[index]
      return counterpart === undefined ? [] : [[name, counterpart] as const]
    })
  )
}

/** The same groups in the other period; '' where it has no such bucket. */
export function keysIn(plan: Plan, keys: GroupKeys, other: Period): GroupKeys {
  const buckets = counterparts(plan, other)
  return plan.groupings.map(({ dimension }, index) => {
    const values = keys[index] ?? []
    return dimension.type === 'date' ? values.map((value) => buckets.get(value) ?? '') : values
  })
}

const identity = (values: readonly Value[]) => JSON.stringify(values)

/** What a group without any rows has: nothing sold, nothing spent. */
const nothing = (plan: Plan): Row =>
  Object.fromEntries(plan.metrics.map((metric) => [metric.key, evaluate(metric, {})]))

/**
 * For each row of the page its counterpart in the other period, which may have had no rows; figures
 * are null where the other period has no such bucket of time.
 */
export function alignRows(
  plan: Plan,
  page: readonly Row[],
  wanted: GroupKeys,
  result: Result
): Row[] {
  const found = new Map(
    result.rows.map((row) => [identity(groupKeys(plan, [row]).map(([value]) => value ?? '')), row])
  )
  return page.map((row, index) => {
    const keys = wanted.map((values) => values[index] ?? '')
    const dates = plan.groupings.flatMap(({ name, dimension }, place) =>
      dimension.type === 'date' ? [[name, keys[place] || null] as const] : []
    )
    const hasCounterpart = dates.every(([, date]) => date !== null)
    const figures = found.get(identity(keys)) ?? (hasCounterpart ? nothing(plan) : {})
    return {
      ...pick(row, groupColumns(plan)),
      ...Object.fromEntries(dates),
      ...pick(figures, metricColumns(plan)),
    }
  })
}

/** Why figures of the answer are null, by metric. */
export function explainNulls(plan: Plan, rows: readonly Row[]): Record<string, string> {
  const reasons = plan.metrics.flatMap((metric) => {
    if (!rows.some((row) => row[metric.key] === null)) return []
    const zero = metric.nullReason && `${metric.nullReason}: the denominator is zero`
    return [[metric.key, [metric.condition?.reason, zero].filter(Boolean).join('. ')] as const]
  })
  return Object.fromEntries(reasons)
}
