import { isFitted } from '../attribution/compute.ts'
import { playersOf } from '../attribution/credits/open.ts'
import { Reading } from '../attribution/reading.ts'
import { remembered, type Version } from '#warehouse/public'
import { creditedMetrics } from '../plan/credited_metrics.ts'
import type { Period } from '../plan/dates.ts'
import type { FittedPlayers, ProjectPlan } from '../plan/types.ts'

/**
 * Fits the plan's model on the conversions of a period, as the attribution report of the same request
 * does: pages of one report and other figures of it ask again.
 *
 * @returns undefined where nothing is credited, or the model needs to know nothing before
 */
export async function fitPlayers(
  plan: ProjectPlan,
  version: Version,
  period: Period,
  queryId: string
): Promise<FittedPlayers | undefined> {
  const attribution = { ...plan.attribution, period }
  if (!isFitted(attribution) || creditedMetrics(plan).length === 0) return undefined
  const known = {
    paidChannels: plan.paidChannels,
    ...(plan.campaigns && { campaigns: plan.campaigns }),
  }
  const question = JSON.stringify(['players of figures', attribution, known])
  return remembered(version, question, () =>
    playersOf(new Reading(attribution, version, known, `${queryId}-players`))
  )
}
