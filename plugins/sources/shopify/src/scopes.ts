import { z } from '@analyticaflow/sdk'

/** What the app may do in the shop, as `currentAppInstallation` answers. */
export const Installation = z.object({ accessScopes: z.array(z.object({ handle: z.string() })) })

/** Whether an installation has been granted a scope; `write_…` includes reading. */
export function granted({ accessScopes }: z.output<typeof Installation>, scope: string): boolean {
  const names = [scope, scope.replace(/^read_/, 'write_')]
  return accessScopes.some(({ handle }) => names.includes(handle))
}
