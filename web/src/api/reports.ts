import { api, unwrap } from './client.ts'
import type {
  AttributionReport,
  AttributionRequest,
  CreditsPage,
  CreditsRequest,
  JourneysReport,
  JourneysRequest,
  KpiAnswer,
  KpiRequest,
} from './types.ts'

export async function fetchKpi(
  projectId: string,
  body: KpiRequest,
  signal: AbortSignal
): Promise<KpiAnswer> {
  const answer = await unwrap(
    api.POST('/api/v1/projects/{project_id}/reports/kpi', {
      params: { path: { project_id: projectId } },
      body,
      signal,
    })
  )
  // The same path answers files too; without an Accept header of theirs it is always JSON.
  return answer as KpiAnswer
}

export async function fetchJourneys(
  projectId: string,
  body: JourneysRequest,
  signal: AbortSignal
): Promise<JourneysReport> {
  const answer = await unwrap(
    api.POST('/api/v1/projects/{project_id}/reports/journeys', {
      params: { path: { project_id: projectId } },
      body,
      signal,
    })
  )
  // As above: JSON, since nothing else was asked for.
  return answer as JourneysReport
}

export async function fetchAttribution(
  projectId: string,
  body: AttributionRequest,
  signal: AbortSignal
): Promise<AttributionReport> {
  const answer = await unwrap(
    api.POST('/api/v1/projects/{project_id}/reports/attribution', {
      params: { path: { project_id: projectId } },
      body,
      signal,
    })
  )
  return answer as AttributionReport
}

export async function fetchCredits(
  projectId: string,
  body: CreditsRequest,
  signal: AbortSignal
): Promise<CreditsPage> {
  const answer = await unwrap(
    api.POST('/api/v1/projects/{project_id}/reports/attribution/credits', {
      params: { path: { project_id: projectId } },
      body,
      signal,
    })
  )
  return answer as CreditsPage
}
