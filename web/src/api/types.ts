/** The shapes the screens work with, taken from the API document and from nowhere else. */
import type { paths } from './schema.d.ts'

type Success<Operation> = Operation extends { responses: infer R }
  ? R[keyof R & (200 | 201 | 202)] extends { content: { 'application/json': infer Body } }
    ? Body
    : never
  : never
type Item<Body> = Body extends { data: (infer Row)[] } ? Row : Body extends { data: infer One } ? One : never
type Body<Operation> = Operation extends {
  requestBody?: { content: { 'application/json': infer Json } }
}
  ? Json
  : never

export type User = Item<Success<paths['/api/v1/me']['get']>>
export type MePatch = Body<paths['/api/v1/me']['patch']>
export type Project = Item<Success<paths['/api/v1/projects']['get']>>
export type NewProject = Body<paths['/api/v1/projects']['post']>
export type ProjectPatch = Body<paths['/api/v1/projects/{project_id}']['patch']>
export type Member = Item<Success<paths['/api/v1/projects/{project_id}/members']['get']>>
export type Import = Item<Success<paths['/api/v1/projects/{project_id}/imports/{import_id}']['get']>>
export type KpiRequest = Body<paths['/api/v1/projects/{project_id}/reports/kpi']['post']>
export type KpiAnswer = Success<paths['/api/v1/projects/{project_id}/reports/kpi']['post']>
export type KpiRow = KpiAnswer['data'][number]
export type Granularity = NonNullable<KpiRequest['granularity']>
export type Compare = NonNullable<KpiRequest['compare']>
export type KpiFilter = NonNullable<KpiRequest['filters']>[number]
