import { api, unwrap } from './client.ts'
import type { KpiAnswer, KpiRequest } from './types.ts'

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
