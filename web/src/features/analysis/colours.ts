import { isGathered } from './player_name.ts'

const COLOURS = 8
const REST = 'cat-rest'

/** Names of colour tokens: the biggest have one of their own, the rest share a grey. */
export function rankColours(
  weighed: Iterable<readonly [label: string, weight: number]>
): (label: string) => string {
  const sums = new Map<string, number>()
  for (const [label, weight] of weighed) {
    if (!isGathered(label)) sums.set(label, (sums.get(label) ?? 0) + weight)
  }
  const biggest = [...sums].sort(([, one], [, other]) => other - one).slice(0, COLOURS)
  const tokens = new Map(biggest.map(([label], index) => [label, `cat-${index + 1}`]))
  return (label) => tokens.get(label) ?? REST
}

export const cssColour = (token: string): string => `var(--af-${token})`
