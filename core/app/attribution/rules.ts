import { firstTouch } from './models/first_touch.ts'
import { lastNonDirect } from './models/last_non_direct.ts'
import { lastTouch } from './models/last_touch.ts'
import { linear } from './models/linear.ts'
import { markov } from './models/markov.ts'
import { positionBased } from './models/position_based.ts'
import { shapley } from './models/shapley.ts'
import { timeDecay } from './models/time_decay.ts'
import type { AttributionParameters, Model } from './parameters.ts'
import type { Rule } from './types.ts'

/** How each model shares a conversion among its touches; Markov by its path, with fitted effects. */
export function ruleOf(
  model: Model,
  { time_decay: decay, position_based: positions }: AttributionParameters['params'],
  effects: ReadonlyMap<string, bigint>
): Rule {
  const rules: Record<Model, Rule> = {
    first_touch: firstTouch,
    last_touch: lastTouch,
    last_non_direct: lastNonDirect,
    linear,
    time_decay: timeDecay(decay.half_life_days),
    position_based: positionBased(positions),
    markov: markov(effects),
    shapley,
  }
  return rules[model]
}
