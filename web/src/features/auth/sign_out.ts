import { publicApi } from '../../api/client.ts'
import { queryClient } from '../../api/query_client.ts'
import { endSession, refreshToken } from '../../api/session.ts'

/** Signs out at once; telling the server is best effort, the token ends by itself otherwise. */
export function signOut(): void {
  const token = refreshToken()
  endSession()
  queryClient.clear()
  if (token === null) return
  void publicApi.POST('/api/v1/auth/revoke', { body: { refresh_token: token } }).catch(() => null)
}
