import { command } from './client.ts'
import { versionParams, type Layer, type Version } from './versions.ts'

/** Makes the rebuilt days of a layer the ones that count, once the commit is published. */
export async function noteSlices(
  version: Version,
  layer: Layer,
  days: readonly string[]
): Promise<void> {
  await command(
    `INSERT INTO slices SELECT {project_id:UInt64}, {layer:String}, arrayJoin({days:Array(Date)}), {commit_id:UInt64}`,
    {
      params: { ...versionParams(version), layer, days },
      settings: { insert_deduplication_token: `${version.commitId}:slices:${layer}` },
    }
  )
}
