import { useQuery } from '@tanstack/react-query'
import { publicApi, unwrap } from '../../api/client.ts'

export interface Registration {
  open: boolean
  first_user: boolean
}

/** Whether somebody new may register here; on a fresh installation that comes before signing in. */
export function useRegistration() {
  return useQuery({
    queryKey: ['registration'],
    queryFn: async ({ signal }): Promise<Registration> =>
      (await unwrap(publicApi.GET('/api/v1/auth/register', { signal }))).data,
    staleTime: 60_000,
    retry: false,
  })
}
