import { queryCredits, readCredits } from './attribution/credits/endpoints.ts'
import { queryAttribution, readAttribution } from './attribution/endpoints.ts'
import { listDimensions, listMetrics } from './endpoints/catalogue.ts'
import { queryKpi, readKpi } from './endpoints/kpi.ts'
import { listUnmatchedCampaigns } from './endpoints/unmatched_campaigns.ts'
import { queryJourneys, readJourneys } from './journeys/endpoint.ts'
import { listJourneys } from './journeys/people/endpoint.ts'
import { showPersonTimeline } from './journeys/person/endpoint.ts'
import { showOrderExplanation } from './orders/endpoint.ts'

export default [
  readKpi,
  queryKpi,
  readJourneys,
  queryJourneys,
  readAttribution,
  queryAttribution,
  readCredits,
  queryCredits,
  listJourneys,
  showPersonTimeline,
  showOrderExplanation,
  listMetrics,
  listDimensions,
  listUnmatchedCampaigns,
]
