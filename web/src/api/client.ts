import createClient from 'openapi-fetch'
import { reportServer } from './connectivity.ts'
import { networkError, toApiError } from './problem.ts'
import type { paths } from './schema.d.ts'
import { session } from './session.ts'

const GATEWAY_FAILURES = new Set([502, 503, 504])

async function send(request: Request, token: string | null): Promise<Response> {
  if (token !== null) request.headers.set('authorization', `Bearer ${token}`)
  try {
    const response = await fetch(request)
    reportServer(!GATEWAY_FAILURES.has(response.status))
    return response
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error
    if (navigator.onLine) reportServer(false)
    throw networkError()
  }
}

/** `fetch` with the session's token; a refused token is exchanged once and the request repeated. */
export async function authorizedFetch(request: Request): Promise<Response> {
  const again = request.clone()
  const token = await session.accessToken()
  const response = await send(request, token)
  if (response.status !== 401 || token === null) return response
  const fresh = await session.accessToken(token)
  if (fresh === null) return response
  const second = await send(again, fresh)
  if (second.status === 401) await session.end()
  return second
}

/** Typed by the API's own OpenAPI document. Paths carry the /api/v1 prefix. */
export const api = createClient<paths>({ fetch: authorizedFetch })

/** For sign-in and registration, which have no token yet and whose 401 means a wrong password. */
export const publicApi = createClient<paths>({ fetch: (request) => send(request, null) })

interface Outcome<T> {
  data?: T
  error?: unknown
  response: Response
}

/** The body of a success; everything else is thrown as an ApiError. */
export async function unwrap<T>(call: Promise<Outcome<T>>): Promise<NonNullable<T>> {
  const { data, error, response } = await call
  if (!response.ok) throw toApiError(response.status, error, response.headers)
  return data as NonNullable<T>
}
