import { DAY_MS } from '../eligible.ts'
import type { Rule } from '../types.ts'

/**
 * TRICKY: weights are integers of 2⁻⁵², and everything after that is exact. Powers of two stay what
 * they are, so touches one half-life apart get exactly 1/3 and 2/3, in every engine.
 */
const UNIT = 2 ** 52

/** 2^(−age/half-life), the age counted from the last touch. */
export const timeDecay =
  (halfLifeDays: number): Rule<{ time: number }> =>
  (touches) => {
    const last = touches.at(-1)?.time ?? 0
    const halfLife = halfLifeDays * DAY_MS
    const weights = touches.map(({ time }) =>
      BigInt(Math.round(2 ** ((time - last) / halfLife) * UNIT))
    )
    const denominator = weights.reduce((sum, weight) => sum + weight, 0n)
    return weights.map((numerator) => ({ numerator, denominator }))
  }
