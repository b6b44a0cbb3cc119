import { WHOLE, type Fraction } from '../exact/fraction.ts'
import { nanoFraction } from '../parameters.ts'
import type { Rule } from '../types.ts'

/** `first` and `last` to the two ends, the rest evenly to what lies between. */
export const positionBased = (options: { first: number; last: number }): Rule<unknown> => {
  const first = nanoFraction(options.first)
  const last = nanoFraction(options.last)

  return (touches) => {
    const between = touches.length - 2
    if (between < 0) return touches.map(() => ({ numerator: 1n, denominator: 1n }))
    const denominator = between === 0 ? first + last : WHOLE
    const middle: Fraction = {
      numerator: WHOLE - first - last,
      denominator: WHOLE * BigInt(between),
    }
    return [
      { numerator: first, denominator },
      ...Array.from({ length: between }, () => middle),
      { numerator: last, denominator },
    ]
  }
}
