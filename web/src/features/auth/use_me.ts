import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { api, unwrap } from '../../api/client.ts'
import type { MePatch, User } from '../../api/types.ts'

const ME = ['me'] as const

export function useMe() {
  return useQuery({
    queryKey: ME,
    queryFn: async ({ signal }): Promise<User> =>
      (await unwrap(api.GET('/api/v1/me', { signal }))).data,
    staleTime: 300_000,
  })
}

export function useUpdateMe() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: async (body: MePatch): Promise<User> =>
      (await unwrap(api.PATCH('/api/v1/me', { body }))).data,
    onSuccess: (user) => client.setQueryData(ME, user),
  })
}
