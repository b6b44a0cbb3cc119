import { listDimensions, listMetrics } from './endpoints/catalogue.ts'
import { queryKpi, readKpi } from './endpoints/kpi.ts'
import { listUnmatchedCampaigns } from './endpoints/unmatched_campaigns.ts'
import { queryJourneys, readJourneys } from './journeys/endpoint.ts'

export default [
  readKpi,
  queryKpi,
  readJourneys,
  queryJourneys,
  listMetrics,
  listDimensions,
  listUnmatchedCampaigns,
]
