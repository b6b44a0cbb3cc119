/**
 * Randomness that depends on keys and not on the order in which it is asked for. A world without a
 * campaign therefore meets the same chances everywhere else (common random numbers), and any day can
 * be generated without the days before it.
 *
 * Hash: the finaliser of MurmurHash3 (Appleby 2011) over a running 32-bit state.
 */
export type Chance = number

/** The state after one more key. */
export function mix(state: Chance, key: number): Chance {
  let hash = Math.imul(state ^ key, 0x9e3779b1) + (key | 0)
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return (hash ^ (hash >>> 16)) >>> 0
}

export function chance(seed: number, ...keys: number[]): Chance {
  let state = mix(0x51ab, seed)
  for (const key of keys) state = mix(state, key)
  return state
}

/** A number in [0, 1). */
export const unit = (state: Chance, key: number): number => mix(state, key) / 0x1_0000_0000

/** Exponentially distributed with this mean. */
export const exponential = (state: Chance, key: number, mean: number): number =>
  -Math.log(1 - unit(state, key)) * mean

/** Standard normal (Box and Muller 1958). */
export function normal(state: Chance, key: number): number {
  const radius = Math.sqrt(-2 * Math.log(1 - unit(state, key)))
  return radius * Math.cos(2 * Math.PI * unit(mix(state, key), 1))
}

/** Poisson distributed: by inversion, for large means by a rounded normal. */
export function poisson(state: Chance, key: number, mean: number): number {
  if (mean > 30) return Math.max(0, Math.round(mean + Math.sqrt(mean) * normal(state, key)))
  let left = unit(state, key)
  let term = Math.exp(-mean)
  let count = 0
  while (left > term && count < 200) {
    left -= term
    count += 1
    term *= mean / count
  }
  return count
}

/** The index that a weighted wheel stops at; -1 where all weights are zero. */
export function pick(state: Chance, key: number, weights: readonly number[]): number {
  let total = 0
  for (const weight of weights) total += weight
  let left = unit(state, key) * total
  // Without an iterator: this is asked for every touch of every person.
  for (let index = 0; index < weights.length; index += 1) {
    left -= weights[index] ?? 0
    if (left < 0) return index
  }
  return -1
}
