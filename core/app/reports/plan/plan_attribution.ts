import type { Model } from '#attribution/public'
import type { AttributionSettings } from '#measurement/public'
import { Problem } from '#shared/http/problem'
import { findOrderDimension } from '../attribution/dimensions.ts'
import { planAttribution, type AttributionPlan } from '../attribution/plan.ts'
import type { KpiRequest } from './request.ts'
import type { Plan } from './types.ts'

type Used = Pick<Plan, 'groupings' | 'filters'>

/** Players of a fitted model: values of the first dimension of touches that is grouped by, or filtered. */
function playersOf({ groupings, filters }: Used): string {
  const used = [...groupings, ...filters].map(({ dimension }) => dimension)
  return used.find(({ touch }) => touch !== undefined)?.key ?? 'channel'
}

/** Faults under the names that the KPI request has for the fields. */
function renamed(error: unknown): unknown {
  if (!(error instanceof Problem) || !error.errors) return error
  return new Problem(error.code, {
    ...(error.detail !== undefined && { detail: error.detail }),
    errors: error.errors.map((fault) => ({ ...fault, field: `attribution.${fault.field}` })),
  })
}

export const modelOf = (request: KpiRequest, settled: AttributionSettings): Model =>
  request.attribution?.model ?? settled.model

/** A request that says itself what the project has settled: the pages of one list are of one model. */
export function spellOut(request: KpiRequest, settled: AttributionSettings): KpiRequest {
  const { window_days: days = settled.window_days, params } = request.attribution ?? {}
  return {
    ...request,
    attribution: {
      model: modelOf(request, settled),
      window_days: days,
      params: {
        time_decay: { ...settled.params.time_decay, ...params?.time_decay },
        position_based: { ...settled.params.position_based, ...params?.position_based },
        markov: { ...settled.params.markov, ...params?.markov },
      },
    },
  }
}

/**
 * The attribution report of the same conversions: under the request's model, window and parameters, or
 * the project's.
 *
 * @throws Problem `validation_failed` where the parameters do not go together
 */
export function attributionOf(
  request: KpiRequest,
  settled: AttributionSettings,
  used: Used
): AttributionPlan {
  const { window_days: days, params } = request.attribution ?? {}
  const filters = used.filters
    .filter(({ dimension }) => findOrderDimension(dimension.key))
    .map(({ dimension, op, values }) => ({ dimension: dimension.key, op, values: [...values] }))
  try {
    return planAttribution(
      {
        date_from: request.date_from,
        date_to: request.date_to,
        models: [modelOf(request, settled)],
        window_days: days,
        params,
        group_by: playersOf(used),
        conversion: 'order',
        filters,
      },
      settled
    )
  } catch (error) {
    throw renamed(error)
  }
}
