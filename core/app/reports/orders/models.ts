import { fromNanos, sumCredits, toNanos, type Model, type Step } from '#attribution/public'
import type { Fit } from '../attribution/fit.ts'
import type { AttributionPlan } from '../attribution/plan.ts'
import { divide, type Conversion } from './arithmetic.ts'
import type { FoundOrder } from './find_order.ts'
import type { ModelView } from './schemas.ts'
import { SHOWN } from './touches.ts'
import { dividedGlobally, explainModel, nothingToDivide } from './words.ts'

const EFFECT = 1e24

interface Divided {
  plan: AttributionPlan
  conversion: Conversion
  fit: Fit
}

function fitView({ plan, conversion, fit }: Divided): NonNullable<ModelView['fit']> {
  const onPath = new Set(conversion.steps.map(({ player }) => player))
  const effects = [...fit.effects]
    .map(([player, effect]) => ({
      player,
      effect: Number(effect) / EFFECT,
      on_path: onPath.has(player),
    }))
    .sort((one, other) => other.effect - one.effect || (one.player < other.player ? -1 : 1))
  return {
    date_from: plan.period.from,
    date_to: plan.period.to,
    paths_without_conversion: fit.nullPaths,
    removal_effects: effects,
  }
}

/** Players in the order in which they first stand on the path. */
function playersOf(credits: Parameters<typeof sumCredits>[0]): ModelView['players'] {
  return [...sumCredits(credits)].map(([player, { conversions, revenue }]) => ({
    player,
    credit: fromNanos(conversions),
    amount: fromNanos(revenue),
  }))
}

/** Markov as published has no credits of a single order. */
function global(model: Model, divided: Divided): ModelView {
  return {
    model,
    explanation: dividedGlobally,
    sum_of_weights: 0,
    touches: [],
    players: [],
    total: { credit: '0', amount: '0' },
    fit: fitView(divided),
  }
}

function unattributed(model: Model, { conversion }: Divided): ModelView {
  const whole = { credit: '1', amount: fromNanos(conversion.revenue) }
  return {
    model,
    explanation: nothingToDivide,
    sum_of_weights: 0,
    touches: [],
    players: [{ player: null, ...whole }],
    total: whole,
    fit: null,
  }
}

function viewOf(model: Model, divided: Divided): ModelView {
  const { plan, conversion, fit } = divided
  const isMarkov = model === 'markov'
  if (isMarkov && plan.params.markov.allocation === 'global') return global(model, divided)
  if (conversion.steps.length === 0) return unattributed(model, divided)
  const { touches, sumOfWeights } = divide(model, conversion, {
    params: plan.params,
    effects: fit.effects,
  })
  const players = playersOf(touches.map(({ credit }) => credit))
  const sum = (column: 'credit' | 'amount') =>
    fromNanos(players.reduce((all, player) => all + toNanos(player[column]), 0n))
  return {
    model,
    explanation: explainModel(model, {
      params: plan.params,
      touches: touches.length,
      players: players.length,
      sumOfWeights,
    }),
    sum_of_weights: sumOfWeights,
    touches: touches.slice(-SHOWN).map(({ weight, formula, share, credit }) => ({
      touch_id: credit.step?.id ?? '',
      player: credit.player ?? '',
      weight,
      formula,
      share,
      credit: fromNanos(credit.conversions),
      amount: fromNanos(credit.revenue),
    })),
    players,
    total: { credit: sum('credit'), amount: sum('amount') },
    fit: isMarkov ? fitView(divided) : null,
  }
}

/** What each model does with the order. */
export function explainModels(
  plan: AttributionPlan,
  order: FoundOrder,
  path: Step[],
  fit: Fit
): ModelView[] {
  const revenue = toNanos(order.view.revenue)
  const conversion = { id: order.key, revenue, steps: path }
  return plan.models.map((model) => viewOf(model, { plan, conversion, fit }))
}
