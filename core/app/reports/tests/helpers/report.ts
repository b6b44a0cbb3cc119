import { api, type ApiResponse } from '#tests/api'
import type { TestAccount } from '#tests/factories'
import type { KpiReport } from '../../schemas.ts'

/** Asks for a report of January and February 2024, or of other days. */
export function askKpi(
  project: { id: string; owner: TestAccount },
  request: Record<string, unknown>
): Promise<ApiResponse<KpiReport>> {
  return api(project.owner).post<KpiReport>(`/projects/${project.id}/reports/kpi`, {
    date_from: '2024-01-01',
    date_to: '2024-02-29',
    ...request,
  })
}

/** The report, which must be one. */
export async function readKpi(
  project: { id: string; owner: TestAccount },
  request: Record<string, unknown>
): Promise<KpiReport> {
  const response = await askKpi(project, request)
  if (response.status !== 200) throw new Error(`${response.status}: ${response.text}`)
  return response.body
}
