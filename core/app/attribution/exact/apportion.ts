interface Part {
  units: bigint
  remainder: bigint
}

const sumOf = (values: readonly bigint[]) => values.reduce((sum, value) => sum + value, 0n)

/** Places of the parts that get one unit more: the largest remainders, of equal ones the later. */
function favoured(parts: readonly Part[], missing: bigint): number[] {
  return parts
    .map(({ remainder }, place) => ({ remainder, place }))
    .sort((a, b) => Number(b.remainder - a.remainder) || b.place - a.place)
    .slice(0, Number(missing))
    .map(({ place }) => place)
}

/**
 * Divides an amount in proportion to weights by the method of the largest remainder: the parts are
 * whole units and sum to exactly the amount. Weights that are all zero count as equal; a negative
 * amount is divided as its opposite.
 */
export function apportion(amount: bigint, weights: readonly bigint[]): bigint[] {
  if (amount < 0n) return apportion(-amount, weights).map((part) => -part)
  const sum = sumOf(weights)
  if (sum === 0n && weights.length > 0)
    return apportion(
      amount,
      weights.map(() => 1n)
    )
  const parts = weights.map((weight) => ({
    units: (amount * weight) / sum,
    remainder: (amount * weight) % sum,
  }))
  const units = parts.map((part) => part.units)
  for (const place of favoured(parts, amount - sumOf(units)))
    units[place] = (units[place] ?? 0n) + 1n
  return units
}

/**
 * What a refund takes back from each touch, as negative amounts that sum to exactly the refund.
 * Refunds of an order follow each other: `revenue` is what the ones before have left. So the order's
 * amount and all its refunds together are always the split of what remains, and nothing after a full
 * refund, however many parts it came in.
 */
export function splitRefund(revenue: bigint, refund: bigint, credits: readonly bigint[]): bigint[] {
  const before = apportion(revenue, credits)
  return apportion(revenue - refund, credits).map((after, place) => after - (before[place] ?? 0n))
}
