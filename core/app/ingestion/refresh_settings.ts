import db from '@adonisjs/lucid/services/db'
import { sourceOf } from '#connections/public'
import { projectIdentity, type ProjectIdentity } from '#identity/public'
import { channelRules } from '#measurement/public'
import type { OrderSource, RefreshSettings } from '#warehouse/public'

interface IntegrationRow {
  id: string
  type: string
  rank: string | null
}

export interface ProjectSettings extends RefreshSettings {
  identity: ProjectIdentity
}

/**
 * What the derived tables depend on besides facts. Of integrations that share order ids, the one
 * published last wins; `publishing` is the one that is about to be.
 */
export async function refreshSettings(
  project: { id: string; timezone: string; currency: string },
  publishing?: { integrationId: string; commitId: string }
): Promise<ProjectSettings> {
  const { rows } = await db.rawQuery<{ rows: IntegrationRow[] }>(
    `select integrations.id, integrations.type,
       (select max(commits.id) from commits
        where commits.integration_id = integrations.id and commits.status = 'published' and commits.cause <> 'rebuild') as rank
     from integrations where project_id = ? order by id`,
    [project.id]
  )
  const sources = rows.map((row) => ({
    ...placeOf(row),
    rank:
      String(row.id) === publishing?.integrationId
        ? Number(publishing.commitId)
        : Number(row.rank ?? 0),
  }))
  return {
    timezone: project.timezone,
    currency: project.currency,
    sources,
    channelRules: await channelRules(project.id),
    identity: await projectIdentity(project.id),
  }
}

/** Where an integration's ids count. */
export function placeOf({
  id,
  type,
}: Pick<IntegrationRow, 'id' | 'type'>): Omit<OrderSource, 'rank'> {
  const integrationId = String(id)
  const source = sourceOf(type)
  return {
    integrationId,
    // A source that is no longer installed keeps its facts under its id.
    sourceType: source?.sourceType ?? type.replaceAll('-', '_'),
    namespace: source?.orderIds === 'project' ? `source:${type}` : `integration:${integrationId}`,
  }
}
