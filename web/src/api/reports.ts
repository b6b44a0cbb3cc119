import type { AttributionAnswer, AttributionRequest } from './analysis_types.ts'
import { api, authorizedFetch, unwrap } from './client.ts'
import { toApiError } from './problem.ts'
import type { JourneysReport, JourneysRequest, KpiAnswer, KpiRequest } from './types.ts'

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

async function post<Answer>(path: string, body: unknown, signal: AbortSignal): Promise<Answer> {
  const request = new Request(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
    signal,
  })
  const response = await authorizedFetch(request)
  if (!response.ok) {
    throw toApiError(response.status, await response.json().catch(() => null), response.headers)
  }
  return (await response.json()) as Answer
}

export const fetchAttribution = async (
  projectId: string,
  body: AttributionRequest,
  signal: AbortSignal
): Promise<AttributionAnswer> =>
  post(`/api/v1/projects/${projectId}/reports/attribution`, body, signal)
