import type { CreditRow } from '../../api/types.ts'
import type { AttributionState } from './use_attribution_state.ts'

export interface ListedConversion {
  id: string
  time: string
  /** One row even where no touch is known. */
  touches: CreditRow[]
}

/** Rows of one conversion together; they come in order. */
export function byConversion(rows: readonly CreditRow[]): ListedConversion[] {
  const conversions: ListedConversion[] = []
  for (const row of rows) {
    const last = conversions.at(-1)
    if (last?.id === row.conversion_id && last.time === row.conversion_time) last.touches.push(row)
    else conversions.push({ id: row.conversion_id, time: row.conversion_time, touches: [row] })
  }
  return conversions
}

/** Markov as published credits no single conversion. */
export const hasSingleCredits = ({ models, params }: AttributionState): boolean =>
  !models.includes('markov') || params.allocation === 'path'
