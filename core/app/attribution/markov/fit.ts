import type { NamedCount, Transition } from '../types.ts'
import { removalEffects } from './removal_effects.ts'
import { chainOf, countTransitions, type Chain } from './transitions.ts'

const DIGITS = 15
const SCALE = 24

/** A removal effect as an integer of 10⁻²⁴, rounded to 15 digits, which the algebra reaches. */
export function effectWeight(effect: number): bigint {
  const [mantissa = '0', exponent = '0'] = effect.toExponential(DIGITS - 1).split('e')
  const digits = BigInt(mantissa.replace('.', ''))
  const shift = SCALE - (DIGITS - 1) + Number(exponent)
  return shift >= 0 ? digits * 10n ** BigInt(shift) : digits / 10n ** BigInt(-shift)
}

const asIntegers = (chain: Chain): Map<string, bigint> =>
  new Map(
    [...removalEffects(chain).effects].map(([player, effect]) => [player, effectWeight(effect)])
  )

/**
 * Removal effects of the players, by name, as integers: from here on everything is exact, in a
 * database as well as here.
 */
export function fitMarkov(paths: readonly NamedCount[]): Map<string, bigint> {
  return asIntegers(countTransitions(paths))
}

/** The same of transitions that a database has counted. */
export function fitTransitions(transitions: readonly Transition[]): Map<string, bigint> {
  return asIntegers(chainOf(transitions))
}
