export { aggregate, sumCredits, type AttributionRow } from './aggregate.ts'
export { attribute, type Attribution } from './attribute.ts'
export { markovOfCounts, shapleyOfCounts } from './attribute_counts.ts'
export { creditConversion, creditTotals, type TouchCredit } from './credit.ts'
export { eligibleTouches, nullPathOf } from './eligible.ts'
export { apportion, splitRefund } from './exact/apportion.ts'
export { toCredits, WHOLE, type Fraction } from './exact/fraction.ts'
export { fromNanos, toNanos } from './exact/nanos.ts'
export { prepareJourneys, type Journey, type Journeys } from './journeys.ts'
export { fitMarkov, fitTransitions } from './markov/fit.ts'
export { AttributionParameters, models, nanoFraction, type Model } from './parameters.ts'
export { nameCounts, NOT_SET, OTHER, PLAYER_LIMIT } from './players.ts'
export { ruleOf } from './rules.ts'
export type {
  Conversion,
  Credit,
  Figures,
  NullPath,
  Path,
  PathCount,
  Rule,
  Step,
  Touch,
  Transition,
} from './types.ts'
