import db from '@adonisjs/lucid/services/db'

/** Since when vendors show what they have, where they hide older rows: by integration. */
export async function historyStarts(
  integrationIds: readonly string[]
): Promise<ReadonlyMap<string, string>> {
  const found = (await db
    .from('stream_positions')
    .whereIn('integration_id', [...integrationIds])
    .whereRaw(`position->>'historyFrom' is not null`)
    .groupBy('integration_id')
    .select('integration_id', db.raw(`max(position->>'historyFrom') as since`))) as {
    integration_id: string
    since: string
  }[]
  return new Map(found.map(({ integration_id: id, since }) => [String(id), since]))
}

/** The latest of a project: of what lies before it, some source shows nothing. */
export async function historyStart(projectId: string): Promise<string | null> {
  const ids = (await db.from('integrations').where('project_id', projectId).select('id')) as {
    id: string
  }[]
  const starts = await historyStarts(ids.map(({ id }) => id))
  return [...starts.values()].sort().at(-1) ?? null
}
