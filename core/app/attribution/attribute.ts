import { aggregate, NOTHING, type AttributionRow } from './aggregate.ts'
import { creditConversion, creditGlobally } from './credit.ts'
import { WHOLE } from './exact/fraction.ts'
import { prepareJourneys, type Journeys } from './journeys.ts'
import { fitMarkov } from './markov/fit.ts'
import type { AttributionParameters, Model } from './parameters.ts'
import { ruleOf } from './rules.ts'
import type { Credit, Figures, NullPath, Path } from './types.ts'

export interface Attribution {
  rows: AttributionRow[]
  totals: Figures
  /** Conversions with a touch: what data-driven models are fitted on, besides the null paths. */
  paths: number
  pathsWithoutConversion: number
  conversionsWithoutTouch: number
}

function creditsOf(
  model: Model,
  { conversions, counts }: Journeys,
  { params }: AttributionParameters
): Credit[] {
  const effects = model === 'markov' ? fitMarkov(counts) : new Map<string, bigint>()
  if (model === 'markov' && params.markov.allocation === 'global') {
    return creditGlobally(counts, effects)
  }
  const rule = ruleOf(model, params, effects)
  return conversions.flatMap((journey) => creditConversion(journey, rule))
}

/**
 * Who deserves what, by each of the models asked for: the reference that every other way to compute
 * it has to agree with. Paths may come in any order, and so may their touches.
 */
export function attribute(
  paths: readonly Path[],
  nullPaths: readonly NullPath[],
  parameters: AttributionParameters
): Attribution {
  const journeys = prepareJourneys(paths, nullPaths, parameters.window_days)
  const totals = journeys.conversions.reduce(
    (sum, { revenue }) => ({
      conversions: sum.conversions + WHOLE,
      revenue: sum.revenue + revenue,
    }),
    NOTHING
  )
  const byModel = new Map(
    parameters.models.map((model) => [model, creditsOf(model, journeys, parameters)])
  )
  const touched = journeys.conversions.filter(({ steps }) => steps.length > 0).length
  return {
    rows: aggregate(byModel, totals),
    totals,
    paths: touched,
    pathsWithoutConversion: nullPaths.filter(({ touches }) => touches.length > 0).length,
    conversionsWithoutTouch: journeys.conversions.length - touched,
  }
}
