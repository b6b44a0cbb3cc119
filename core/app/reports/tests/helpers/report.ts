import { api, type ApiResponse } from '#tests/api'
import type { TestAccount } from '#tests/factories'
import type { AttributionReport } from '../../attribution/schemas.ts'
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

/** Asks who is credited in January 2024, or in other days. */
export function askAttribution(
  project: { id: string; owner: TestAccount },
  request: Record<string, unknown>
): Promise<ApiResponse<AttributionReport>> {
  return api(project.owner).post<AttributionReport>(`/projects/${project.id}/reports/attribution`, {
    date_from: '2024-01-01',
    date_to: '2024-01-31',
    ...request,
  })
}

/** The report, which must be one. */
export async function readAttribution(
  project: { id: string; owner: TestAccount },
  request: Record<string, unknown>
): Promise<AttributionReport> {
  const response = await askAttribution(project, request)
  if (response.status !== 200) throw new Error(`${response.status}: ${response.text}`)
  return response.body
}

type AttributionRow = AttributionReport['data'][number]

/** The row of a player, whatever the grouping is called. */
export function rowOf(data: readonly AttributionRow[], player: string | null): AttributionRow {
  const row = data.find((candidate) => Object.values(candidate).includes(player))
  if (!row) throw new Error(`No row of ${player}`)
  return row
}
