/**
 * Interim types in the shape openapi-typescript writes; `npm run api:types` replaces this file
 * with what GET /api/v1/swagger.json says.
 */
interface Json<T> {
  headers: { [name: string]: unknown }
  content: { 'application/json': T }
}
interface Tokens {
  access_token: string
  refresh_token: string
  token_type: 'Bearer'
  expires_in: number
}
interface User {
  id: string
  email: string
  full_name: string | null
  role: 'admin' | 'marketer' | 'executive'
  locale: 'en' | 'ru'
  created_at: string
}
interface Project {
  id: string
  name: string
  currency: string
  timezone: string
  week_start: 'monday' | 'sunday' | 'saturday'
  permission_level: 'owner' | 'editor' | 'viewer' | null
  created_at: string
}
interface Member {
  user_id: string
  email: string
  full_name: string | null
  permission_level: 'owner' | 'editor' | 'viewer'
}
interface Import {
  id: string
  name: string
  kind: string
  status: 'queued' | 'running' | 'done' | 'failed'
  rows_read: number
  rows_loaded: number
  rows_skipped: number
  rows_rejected: number
  rejected_sample: { line: number; field: string | null; message: string }[]
  rejected_file_url: string | null
  error: { code: string; message: string } | null
  created_at: string
  finished_at: string | null
}
interface KpiRequest {
  date_from: string
  date_to: string
  metrics: string[]
  group_by?: string | string[]
  filters?: { dimension: string; op: string; values: string[] }[]
  granularity?: 'day' | 'week' | 'month' | 'quarter' | 'year'
  compare?: 'previous_period' | 'previous_year'
  order_by?: { metric: string; dir: 'asc' | 'desc' }[]
  limit?: number
  cursor?: string
}
type Row = { [key: string]: string | number | null }
interface KpiAnswer {
  data: Row[]
  totals: Row
  comparison?: { date_from: string; date_to: string; totals: Row; data: Row[] }
  next_cursor: string | null
  meta: { [key: string]: unknown }
}
interface PathParams<T> {
  parameters: { path: T }
}

export interface paths {
  '/api/v1/auth/token': {
    post: {
      requestBody: { content: { 'application/json': { email: string; password: string } } }
      responses: { 200: Json<Tokens> }
    }
  }
  '/api/v1/auth/register': {
    post: {
      requestBody: {
        content: { 'application/json': { email: string; password: string; full_name: string } }
      }
      responses: { 201: Json<{ data: User }> }
    }
  }
  '/api/v1/auth/revoke': {
    post: {
      requestBody: { content: { 'application/json': { refresh_token: string } } }
      responses: { 204: { content?: never } }
    }
  }
  '/api/v1/me': {
    get: { responses: { 200: Json<{ data: User }> } }
    patch: {
      requestBody: {
        content: {
          'application/json': {
            full_name?: string | null
            locale?: 'en' | 'ru'
            password?: string
            current_password?: string
          }
        }
      }
      responses: { 200: Json<{ data: User }> }
    }
  }
  '/api/v1/projects': {
    get: {
      parameters: { query?: { limit?: number } }
      responses: { 200: Json<{ data: Project[]; next_cursor: string | null }> }
    }
    post: {
      requestBody: {
        content: {
          'application/json': {
            name: string
            currency: string
            timezone: string
            week_start?: 'monday' | 'sunday' | 'saturday'
          }
        }
      }
      responses: { 201: Json<{ data: Project }> }
    }
  }
  '/api/v1/projects/{project_id}': PathParams<{ project_id: string }> & {
    get: { parameters: { path: { project_id: string } }; responses: { 200: Json<{ data: Project }> } }
    patch: {
      parameters: { path: { project_id: string } }
      requestBody: {
        content: {
          'application/json': {
            name?: string
            currency?: string
            timezone?: string
            week_start?: 'monday' | 'sunday' | 'saturday'
          }
        }
      }
      responses: { 200: Json<{ data: Project }> }
    }
  }
  '/api/v1/projects/{project_id}/members': {
    get: {
      parameters: { path: { project_id: string } }
      responses: { 200: Json<{ data: Member[]; next_cursor: string | null }> }
    }
  }
  '/api/v1/projects/{project_id}/imports': {
    get: {
      parameters: { path: { project_id: string } }
      responses: { 200: Json<{ data: Import[]; next_cursor: string | null }> }
    }
  }
  '/api/v1/projects/{project_id}/imports/{import_id}': {
    get: {
      parameters: { path: { project_id: string; import_id: string } }
      responses: { 200: Json<{ data: Import }> }
    }
  }
  '/api/v1/projects/{project_id}/reports/kpi': {
    post: {
      parameters: { path: { project_id: string }; query?: { explain?: '1' } }
      requestBody: { content: { 'application/json': KpiRequest } }
      responses: { 200: Json<KpiAnswer> }
    }
  }
}
