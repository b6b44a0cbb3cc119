import { useSyncExternalStore } from 'react'
import { Navigate, Outlet, useLocation, useSearchParams } from 'react-router'
import { session } from '../api/session.ts'

const useSignedIn = (): boolean => useSyncExternalStore(session.subscribe, session.isSignedIn)

/** Pages for signed-in people; others are sent to sign in and brought back afterwards. */
export function RequireSession() {
  const signedIn = useSignedIn()
  const { pathname, search } = useLocation()
  if (signedIn) return <Outlet />
  const back = pathname === '/' ? '' : `?next=${encodeURIComponent(pathname + search)}`
  return <Navigate to={`/sign-in${back}`} replace />
}

/** Only paths of this app may be returned to. */
const safePath = (next: string | null): string =>
  next !== null && /^\/(?![/\\])/.test(next) ? next : '/'

export function RequireSignedOut() {
  const signedIn = useSignedIn()
  const [params] = useSearchParams()
  return signedIn ? <Navigate to={safePath(params.get('next'))} replace /> : <Outlet />
}
