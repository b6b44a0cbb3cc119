import { creditCount, creditGlobally } from './credit.ts'
import { fitMarkov } from './markov/fit.ts'
import { markov } from './models/markov.ts'
import { shapley } from './models/shapley.ts'
import { nameCounts } from './players.ts'
import type { Credit, PathCount } from './types.ts'

/**
 * Markov's credits from grouped paths. Conversions equal those of single paths exactly; revenue is
 * divided per group, so it may differ from them by a nano-unit per conversion, never in total.
 */
export function markovOfCounts(
  paths: Iterable<PathCount>,
  allocation: 'path' | 'global'
): Credit[] {
  const counts = nameCounts([...paths])
  const effects = fitMarkov(counts)
  if (allocation === 'global') return creditGlobally(counts, effects)
  const rule = markov(effects)
  return counts.flatMap((path) => creditCount(path, rule))
}

/** Shapley's credits from grouped paths, as {@link markovOfCounts}. */
export function shapleyOfCounts(paths: Iterable<PathCount>): Credit[] {
  return nameCounts([...paths]).flatMap((path) => creditCount(path, shapley))
}
