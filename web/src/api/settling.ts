import type { QueryClient } from '@tanstack/react-query'

const AGAIN_MS = 1200
/** Longer than a big project takes; whoever waits longer reloads. */
const MOST_TRIES = 250

const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

/** Everything that is shown of a project is asked for anew. */
export const refreshProject = (client: QueryClient, projectId: string): Promise<void> =>
  client.invalidateQueries({ predicate: ({ queryKey }) => queryKey[1] === projectId })

/**
 * Some settings have history computed anew. Waits until it is, whichever page is open, and shows it.
 * @param isSettled asks whether reports follow; trouble on the way is asked about again
 */
export async function followSettling(
  client: QueryClient,
  projectId: string,
  isSettled: () => Promise<boolean>
): Promise<void> {
  for (let tries = 0; tries < MOST_TRIES; tries += 1) {
    if (await isSettled().catch(() => false)) break
    await wait(AGAIN_MS)
  }
  await refreshProject(client, projectId)
}
