import { publicApi } from '../../api/client.ts'
import { queryClient } from '../../api/query_client.ts'
import { session } from '../../api/session.ts'

/** Signs out here at once; telling the server is best effort, the token ends by itself otherwise. */
export async function signOut(): Promise<void> {
  const ended = session.end()
  queryClient.clear()
  const token = await ended
  if (token === null) return
  await publicApi.POST('/api/v1/auth/revoke', { body: { refresh_token: token } }).catch(() => null)
}
