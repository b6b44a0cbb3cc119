import { compareText } from './order.ts'
import type { Model } from './parameters.ts'
import type { Credit, Figures } from './types.ts'

export interface ModelFigures extends Figures {
  /** Of all conversions, unattributed ones included; null where there are none. */
  share: number | null
}

export interface AttributionRow {
  /** Null in the row of what is unattributed. */
  player: string | null
  models: Partial<Record<Model, ModelFigures>>
  /** Between which shares the models disagree. */
  disagreement: { minShare: number | null; maxShare: number | null }
}

export const NOTHING: Figures = { conversions: 0n, revenue: 0n }

const plus = (one: Figures, other: Figures): Figures => ({
  conversions: one.conversions + other.conversions,
  revenue: one.revenue + other.revenue,
})

/** Sums per player. */
export function sumCredits(credits: Iterable<Credit>): Map<string | null, Figures> {
  const sums = new Map<string | null, Figures>()
  for (const credit of credits) {
    sums.set(credit.player, plus(sums.get(credit.player) ?? NOTHING, credit))
  }
  return sums
}

function byName(one: string | null, other: string | null): number {
  if (one === null || other === null) return Number(one === null) - Number(other === null)
  return compareText(one, other)
}

function disagreementOf(figures: readonly ModelFigures[]): AttributionRow['disagreement'] {
  const shares = figures.flatMap(({ share }) => share ?? [])
  if (shares.length === 0) return { minShare: null, maxShare: null }
  return { minShare: Math.min(...shares), maxShare: Math.max(...shares) }
}

/**
 * The models side by side: a row for each player that any of them knows, by name, and the row of what
 * is unattributed at the end, even if that is nothing. Each model's rows sum to exactly `totals`.
 */
export function aggregate(
  byModel: ReadonlyMap<Model, Iterable<Credit>>,
  totals: Figures
): AttributionRow[] {
  const sums = [...byModel].map(([model, credits]) => [model, sumCredits(credits)] as const)
  const players = new Set([null, ...sums.flatMap(([, figures]) => [...figures.keys()])])
  const shareOf = ({ conversions }: Figures) =>
    totals.conversions === 0n ? null : Number(conversions) / Number(totals.conversions)

  return [...players].sort(byName).map((player) => {
    const figures = sums.map(([model, found]) => {
      const sum = found.get(player) ?? NOTHING
      return [model, { ...sum, share: shareOf(sum) }] as const
    })
    return {
      player,
      models: Object.fromEntries(figures),
      disagreement: disagreementOf(figures.map(([, figure]) => figure)),
    }
  })
}
