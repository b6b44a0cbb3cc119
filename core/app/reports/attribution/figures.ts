import { creditTotals, NOT_SET, OTHER, WHOLE, type Figures, type Model } from '#attribution/public'
import type { Row } from '../queries/run_statement.ts'
import type { Found } from './compute.ts'
import type { AttributionPlan } from './plan.ts'
import { kinds, modelsOfConversions } from './sql/credits_statement.ts'

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

const isOf = (row: Row, kind: keyof typeof kinds): boolean => (Number(row.kind) & kinds[kind]) !== 0

const closedBy = (row: Row): Figures => ({
  conversions: integer(row, 'closed') * WHOLE,
  revenue: integer(row, 'closed_amount'),
})

/** What a row says of one model. */
function creditedBy(row: Row, model: Model): Credited {
  const figures = {
    conversions: integer(row, `conversions_${model}`),
    revenue: integer(row, `revenue_${model}`),
  }
  return {
    ...figures,
    paid: isOf(row, 'paid') ? figures : none,
    newCustomers: isOf(row, 'new') ? figures.conversions : 0n,
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

/** Rows added up by player; what is unattributed has none. */
function byPlayer(
  rows: readonly Row[],
  models: readonly Model[]
): Map<string | null, PlayerCredits> {
  const players = new Map<string | null, PlayerCredits>()
  for (const row of rows) {
    const player = isOf(row, 'touched') ? String(row.player) : null
    const known = players.get(player) ?? blank(player)
    for (const model of models) {
      known.models.set(model, addCredited(known.models.get(model), creditedBy(row, model)))
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

const sumOf = (rows: readonly Row[], figures: (row: Row) => Figures): Figures =>
  rows.map(figures).reduce(plus, none)

const sumOfIntegers = (rows: readonly Row[], column: string): bigint =>
  rows.reduce((sum, row) => sum + integer(row, column), 0n)

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

/** Adds up what the statements have found. */
export function sumUp(plan: AttributionPlan, { credits, fit }: Found): Sums {
  const models = modelsOfConversions(plan)
  const players = byPlayer(
    credits.filter((row) => isOf(row, 'shown')),
    models
  )
  const totals = sumOf(credits, closedBy)
  const touched = sumOf(
    credits.filter((row) => isOf(row, 'touched')),
    closedBy
  )
  // What is unattributed has its row even if it is nothing, unless filters choose touches.
  if (plan.touchFilters.length === 0 && !players.has(null)) {
    players.set(null, blank(null))
  }
  if (models.length < plan.models.length) addGlobally(players, fit, { touched, totals })
  return {
    players: [...players.values()],
    totals,
    touched,
    newCustomers: sumOf(
      credits.filter((row) => isOf(row, 'new')),
      closedBy
    ).conversions,
    cogs: sumOfIntegers(credits, 'closed_cogs'),
  }
}
