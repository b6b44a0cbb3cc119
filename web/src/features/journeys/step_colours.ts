import type { JourneysReport } from '../../api/types.ts'
import { isGathered } from '../analysis/player_name.ts'

const COLOURS = 8
const REST = 'cat-rest'

/** Names of colour tokens: the biggest steps have one of their own, wherever they stand. */
export function colourSteps(nodes: JourneysReport['nodes']): (label: string) => string {
  const sums = new Map<string, number>()
  for (const { kind, label, value } of nodes) {
    if (kind === 'step' && !isGathered(label)) sums.set(label, (sums.get(label) ?? 0) + value)
  }
  const biggest = [...sums].sort(([, one], [, other]) => other - one).slice(0, COLOURS)
  const tokens = new Map(biggest.map(([label], index) => [label, `cat-${index + 1}`]))
  return (label) => tokens.get(label) ?? REST
}

export const cssColour = (token: string): string => `var(--af-${token})`
