import { cleanCampaignName } from '@analyticaflow/sdk'
import { NOT_SET } from '#attribution/public'
import type { AttributionSettings } from '#measurement/public'
import { checkPeriod } from '../plan/check_period.ts'
import type { Period } from '../plan/dates.ts'
import { Faults } from '../plan/fault.ts'
import type { Filter } from '../plan/filters.ts'
import { isAsked } from '../plan/request.ts'
import { resolveFilters } from '../plan/resolve.ts'
import { refuseFilters } from './filters.ts'
import type { JourneysRequest } from './request.ts'
import { stepOf, type Step } from './steps.ts'

/** A report of journeys, decided. */
export interface JourneysPlan {
  period: Period
  goal: string
  windowDays: number
  step: Step
  depth: number
  from: 'start' | 'end'
  include: 'converted' | 'all'
  collapsesRepeats: boolean
  customers: 'all' | 'new'
  filters: readonly Filter[]
  /** Empty: all paths. Values as the tables have them. */
  containsStep: readonly string[]
  minShare: number
}

/** How the project credits conversions. */
export type JourneySettings = Pick<AttributionSettings, 'conversion' | 'window_days'>

/** What is not asked for, besides what the project's settings say. */
const defaults = {
  step: 'channel',
  depth: 5,
  from: 'start',
  include: 'converted',
  customers: 'all',
} as const

function containedSteps({ contains_step: asked, step }: JourneysRequest): string[] {
  const values = typeof asked === 'string' ? [asked] : (asked ?? [])
  return values.map((value) => {
    if (value === NOT_SET) return ''
    return step === 'campaign' ? cleanCampaignName(value) : value
  })
}

/** What the paths are and how they are drawn. */
function drawingOf(request: JourneysRequest) {
  return {
    step: stepOf(request.step ?? defaults.step),
    depth: request.depth ?? defaults.depth,
    from: request.from ?? defaults.from,
    include: request.include ?? defaults.include,
    collapsesRepeats: isAsked(request.collapse_repeats),
    containsStep: containedSteps(request),
    minShare: request.min_share ?? 0,
  }
}

/** Decides a report, or answers 422 with every fault of the request. */
export function planJourneys(request: JourneysRequest, settings: JourneySettings): JourneysPlan {
  const faults = new Faults()
  const period = { from: request.date_from, to: request.date_to }
  checkPeriod(period, faults)
  const goal = request.conversion ?? settings.conversion
  const customers = request.customers ?? defaults.customers
  if (customers === 'new' && goal !== 'order') {
    faults.add('customers', 'meaningless', 'Only orders are of new or of returning customers')
  }
  const filters = resolveFilters(request, faults)
  refuseFilters(filters, goal, faults)
  faults.raise()
  const windowDays = request.window_days ?? settings.window_days
  return { period, goal, windowDays, customers, filters, ...drawingOf(request) }
}
