import db from '@adonisjs/lucid/services/db'
import { sourceOf } from '#connections/public'
import type { Version } from '#warehouse/public'

export interface Freshness {
  source_type: string
  last_synced_at: string | null
  published_at: string | null
}

interface Found {
  type: string
  synced: Date | null
  published: Date | null
}

const iso = (time: Date | null) => time?.toISOString() ?? null

/** When each kind of source was read last, and when what it brought was published. */
export async function readFreshness(version: Version): Promise<Freshness[]> {
  const { rows } = await db.rawQuery<{ rows: Found[] }>(
    `select i.type, max(i.last_synced_at) as synced, max(c.published_at) as published
     from integrations i
     left join lateral (
       select published_at from commits
       where project_id = i.project_id and integration_id = i.id and status = 'published' and id <= ?
       order by id desc limit 1
     ) c on true
     where i.project_id = ?
     group by i.type order by i.type`,
    [version.commitId, version.projectId]
  )
  return rows.map(({ type, synced, published }) => ({
    // A source that is no longer installed keeps its facts under its id.
    source_type: sourceOf(type)?.sourceType ?? type.replaceAll('-', '_'),
    last_synced_at: iso(synced),
    published_at: iso(published),
  }))
}
