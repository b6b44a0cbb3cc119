import type { Integration, Source } from '../../api/types.ts'

/** What an integration is, where its name does not say so already. */
export function kindOf(
  { name, type }: Integration,
  source: Source | undefined
): string | undefined {
  const kind = source?.title ?? type
  return kind === name ? undefined : kind
}
