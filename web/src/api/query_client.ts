import { QueryClient } from '@tanstack/react-query'
import { ApiError } from './problem.ts'

const RETRIES = 3
const AGAIN_MS = 5000

/** Trouble that passes by itself is retried; an answer that will not change is not. */
const passing = (error: unknown): boolean =>
  error instanceof ApiError && (error.status === 0 || error.status >= 502)

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 30_000,
      retry: (count, error) => passing(error) && count < RETRIES,
      retryDelay: (count) => Math.min(1000 * 2 ** count, 8000),
      // What the banner says: a page that could not be filled fills itself once the server is back.
      refetchInterval: ({ state }) =>
        state.status === 'error' && passing(state.error) ? AGAIN_MS : false,
      refetchOnWindowFocus: false,
    },
    mutations: { retry: false },
  },
})
