import { creditTotals, NOT_SET, OTHER, WHOLE, type Figures, type Model } from '#attribution/public'
import type { Row } from '../queries/run_statement.ts'
import type { Found } from './compute.ts'
import type { AttributionPlan } from './plan.ts'
import { modelsOfConversions } from './sql/credits_statement.ts'

/** What a model credits a player with. */
export interface Credited extends Figures {
  /** Of these, what touches of paid channels are credited with. */
  paid: Figures
  /** In nano-conversions: of customers who had never ordered before. */
  newCustomers: bigint
}

export interface PlayerCredits {
  /** Null for what no touch is credited with. */
  player: string | null
  /** How the player is shown. */
  label: string | null
  models: Map<Model, Credited>
}

export interface Sums {
  players: PlayerCredits[]
  /** Of all conversions, whatever the filters on touches show. */
  totals: Figures
  touched: Figures
  newCustomers: bigint
  /** Of the conversions together; 0 where no costs are known. */
  cogs: bigint
}

/** Somebody who is credited with nothing. */
export const blank = (player: string | null): PlayerCredits => ({
  player,
  label: player,
  models: new Map(),
})

const integer = (row: Row, column: string): bigint => BigInt(String(row[column] ?? 0))
const none: Figures = { conversions: 0n, revenue: 0n }

const plus = (one: Figures, other: Figures): Figures => ({
  conversions: one.conversions + other.conversions,
  revenue: one.revenue + other.revenue,
})

/** What a row says of one model. */
function creditedBy(row: Row, model: Model, isPaid: boolean): Credited {
  const figures = {
    conversions: integer(row, `conversions_${model}`),
    revenue: integer(row, `revenue_${model}`),
  }
  return {
    ...figures,
    paid: isPaid ? figures : none,
    newCustomers: integer(row, `new_${model}`),
  }
}

function addCredited(one: Credited | undefined, other: Credited): Credited {
  if (!one) return other
  return {
    ...plus(one, other),
    paid: plus(one.paid, other.paid),
    newCustomers: one.newCustomers + other.newCustomers,
  }
}

/** Rows added up by player: a row is of touches of paid channels, or of others. */
function byPlayer(
  rows: readonly Row[],
  models: readonly Model[],
  paidChannels: ReadonlySet<string>
): Map<string | null, PlayerCredits> {
  const players = new Map<string | null, PlayerCredits>()
  for (const row of rows) {
    const player = String(row.player) || NOT_SET
    const known = players.get(player) ?? blank(player)
    const isPaid = 'is_paid' in row ? Boolean(Number(row.is_paid)) : paidChannels.has(player)
    for (const model of models) {
      known.models.set(model, addCredited(known.models.get(model), creditedBy(row, model, isPaid)))
    }
    players.set(player, { ...known, label: labelOf(row, known) })
  }
  return players
}

const nameless = new Set([NOT_SET, OTHER])

/** Of different spellings the first. */
function labelOf({ label }: Row, { player, label: known }: PlayerCredits): string | null {
  if (player === null || nameless.has(player) || !label) return known
  const spelling = String(label)
  return known === null || known === player || spelling < known ? spelling : known
}

/** Adds Markov as published, which divides all touched conversions at once. */
function addGlobally(
  players: Map<string | null, PlayerCredits>,
  { effects }: Found['fit'],
  { touched, totals }: Pick<Sums, 'touched' | 'totals'>
): void {
  const rest = {
    conversions: totals.conversions - touched.conversions,
    revenue: totals.revenue - touched.revenue,
  }
  for (const { player, ...figures } of creditTotals(touched, rest, effects)) {
    const known = players.get(player) ?? blank(player)
    players.set(player, known)
    // Whether a channel is paid, or a customer new, is not known of all together.
    known.models.set('markov', { ...figures, paid: figures, newCustomers: 0n })
  }
}

/** What no touch is credited with: the same in every model. */
function unattributed(sums: Pick<Sums, 'totals' | 'touched'>, newCustomers: bigint): Credited {
  return {
    conversions: sums.totals.conversions - sums.touched.conversions,
    revenue: sums.totals.revenue - sums.touched.revenue,
    paid: none,
    newCustomers,
  }
}

const conversionsIn = (row: Row, column: string): bigint => integer(row, column) * WHOLE

/** Adds up what the statements have found. */
export function sumUp(
  plan: AttributionPlan,
  { credits, totals: all, fit }: Found,
  paidChannels: readonly string[]
): Sums {
  const models = modelsOfConversions(plan)
  const players = byPlayer(credits, models, new Set(paidChannels))
  const totals = {
    conversions: conversionsIn(all, 'conversions'),
    revenue: integer(all, 'revenue'),
  }
  const touched = {
    conversions: conversionsIn(all, 'touched'),
    revenue: integer(all, 'touched_revenue'),
  }
  // It has its row even if it is nothing.
  if (Number(all.shows_unattributed) === 1) {
    const rest = unattributed({ totals, touched }, conversionsIn(all, 'new_untouched'))
    const figures = models.map((model) => [model, rest] as const)
    players.set(null, { ...blank(null), models: new Map(figures) })
  }
  if (models.length < plan.models.length) addGlobally(players, fit, { touched, totals })
  return {
    players: [...players.values()],
    totals,
    touched,
    newCustomers: conversionsIn(all, 'new'),
    cogs: integer(all, 'cogs'),
  }
}
