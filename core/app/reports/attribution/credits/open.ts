import { randomUUID } from 'node:crypto'
import { attributionSettings } from '#measurement/public'
import { invalidField } from '#shared/http/problem'
import type { ProjectContext } from '#shared/http/types'
import { publishedVersion, remembered } from '#warehouse/public'
import { pinCommit } from '../../answer/cursor.ts'
import { knownOf } from '../build.ts'
import { isFitted, playerValues } from '../compute.ts'
import { fitMarkov } from '../fit.ts'
import { planAttribution, type AttributionPlan } from '../plan.ts'
import { namingOf, readNames } from '../players.ts'
import { Reading } from '../reading.ts'
import type { AttributionRequest } from '../request.ts'
import type { Naming } from '../sql/credits_statement.ts'

function refuseGlobal({ models, params }: AttributionPlan): void {
  if (!models.includes('markov') || params.markov.allocation === 'path') return
  throw invalidField(
    'params.markov.allocation',
    'meaningless',
    'The global allocation divides all conversions at once: it has no credits of single conversions'
  )
}

/** Single credits, ready to be read. */
export interface OpenCredits {
  plan: AttributionPlan
  reading: Reading
  queryId: string
  naming: Naming
  /** Of parameters besides those of the plan. */
  values: Record<string, unknown>
}

/** What statements name of the players, where a model has to know them before. */
export async function playersOf(reading: Reading): Promise<Pick<OpenCredits, 'naming' | 'values'>> {
  if (!isFitted(reading.plan)) return { naming: 'named', values: {} }
  const names = await readNames(reading)
  const fits = reading.plan.models.includes('markov')
  const { effects } = fits
    ? await fitMarkov(reading, names)
    : { effects: new Map<string, bigint>() }
  return { naming: namingOf(names), values: playerValues(names, { effects }) }
}

/** @param commit that an earlier page has shown */
export async function openCredits(
  request: AttributionRequest,
  project: ProjectContext,
  commit: string | undefined
): Promise<OpenCredits> {
  const projectId = String(project.id)
  const queryId = randomUUID()
  const plan = planAttribution(request, await attributionSettings(projectId))
  refuseGlobal(plan)
  const version = pinCommit(await publishedVersion(projectId), commit)
  const known = await knownOf(plan, version)
  const reading = new Reading(plan, version, known, queryId)
  // The pages of one list ask for it again and again.
  const question = JSON.stringify(['players', plan, known])
  const players = await remembered(version, question, () => playersOf(reading))
  return { plan, reading, queryId, ...players }
}
