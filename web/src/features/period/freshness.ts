/** When the newest data of the project became visible. */
export const publishedAt = (
  freshness: readonly { published_at: string | null }[] | undefined
): string | null =>
  (freshness ?? [])
    .flatMap(({ published_at: time }) => time ?? [])
    .sort()
    .at(-1) ?? null
