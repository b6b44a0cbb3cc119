import type { AttributionReport, AttributionRow } from '../../api/types.ts'
import { figureOf, type Figure } from './figures.ts'
import type { Grouping, Sort } from './use_attribution_state.ts'

export interface Row {
  /** The player; null is what no touch is known for. */
  key: string | null
  row: AttributionRow
  /** The same player in the other period. */
  before: AttributionRow | undefined
}

export interface Rows {
  players: Row[]
  unattributed: Row | null
}

const keyOf = (row: AttributionRow, by: Grouping): string | null => {
  const value = row[by]
  return typeof value === 'string' ? value : null
}

/** How far the models asked for differ about a player, as a share of all conversions. */
export const spreadOf = ({
  disagreement: { min_share: least, max_share: most },
}: AttributionRow) => (least === null || most === null ? null : most - least)

function sortedBy(row: AttributionRow, { by }: Sort, figure: Figure): number | null {
  if (by === 'cost') return row.cost
  if (by === 'disagreement') return spreadOf(row)
  return figureOf(row, by, figure)
}

/** Unknown figures stand last whichever way the table is sorted; equal ones by name. */
function compare(one: Row, other: Row, sort: Sort, figure: Figure): number {
  const [a, b] = [sortedBy(one.row, sort, figure), sortedBy(other.row, sort, figure)]
  if (a === null || b === null) {
    if (a !== b) return a === null ? 1 : -1
  } else if (a !== b) return sort.dir === 'asc' ? a - b : b - a
  return (one.key ?? '').localeCompare(other.key ?? '')
}

export function toRows(
  answer: AttributionReport,
  before: AttributionReport | undefined,
  by: Grouping,
  sort: Sort,
  figure: Figure
): Rows {
  const earlier = new Map(before?.data.map((row) => [keyOf(row, by), row]))
  const rows = answer.data.map((row): Row => {
    const key = keyOf(row, by)
    return { key, row, before: earlier.get(key) }
  })
  return {
    players: rows
      .filter(({ key }) => key !== null)
      .sort((one, other) => compare(one, other, sort, figure)),
    unattributed: rows.find(({ key }) => key === null) ?? null,
  }
}

/** The right end of all disagreement bars, so that rows can be compared. */
export const widestShare = (rows: readonly Row[]): number =>
  Math.max(0.01, ...rows.map(({ row }) => row.disagreement.max_share ?? 0))
