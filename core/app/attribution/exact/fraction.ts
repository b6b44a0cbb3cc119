/** An exact share of a conversion. */
export interface Fraction {
  numerator: bigint
  denominator: bigint
}

/** One conversion in nano-credits. */
export const WHOLE = 1_000_000_000n

const floor = ({ numerator, denominator }: Fraction): bigint => (WHOLE * numerator) / denominator

/**
 * Shares of the touches of a path as nano-credits: cut off at 9 places, the remainder on the last
 * touch, so that they sum to exactly 1.
 *
 * TRICKY: cut off, not rounded. Of 70,000 equal shares each would be rounded up, and the last touch
 * would have to give back more than it has.
 */
export function toCredits(shares: readonly Fraction[]): bigint[] {
  const credits = shares.map(floor)
  const remainder = credits.reduce((left, credit) => left - credit, WHOLE)
  const last = credits.pop()
  return last === undefined ? [] : [...credits, last + remainder]
}

/** The share of everything for one touch, of nothing for the others. */
export function allTo(index: number, length: number): Fraction[] {
  return Array.from({ length }, (_, place) => ({
    numerator: place === index ? 1n : 0n,
    denominator: 1n,
  }))
}

/** The same share for every touch. */
export function evenly(length: number): Fraction[] {
  return Array.from({ length }, () => ({ numerator: 1n, denominator: BigInt(length) }))
}
