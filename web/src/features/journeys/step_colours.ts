import type { JourneysReport } from '../../api/types.ts'
import { rankColours } from '../analysis/colours.ts'

/** A step has its colour wherever it stands. */
export const colourSteps = (nodes: JourneysReport['nodes']): ((label: string) => string) =>
  rankColours(
    nodes.flatMap(({ kind, label, value }) => (kind === 'step' ? [[label, value] as const] : []))
  )
