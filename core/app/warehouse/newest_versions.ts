import { rows } from './client.ts'
import { publishedVersion } from './commits.ts'
import { VENDOR_KEY } from './diff.ts'
import { storedKinds, type StoredKindName } from './kinds.ts'
import { inVersion, versionParams } from './versions.ts'

/** Records of one stream. */
interface Asked {
  projectId: string
  integrationId: string
  stream: string
  kinds: readonly StoredKindName[]
  keys: readonly string[]
}

interface Found {
  key: string
  at: string
}

/** The vendor's time of what is known of each record, as ISO 8601, where the vendor tells one. */
export async function newestVersions(asked: Asked): Promise<Map<string, string>> {
  const version = await publishedVersion(asked.projectId)
  const logs = asked.kinds.flatMap((kind) => {
    const { log, updatedAt } = storedKinds[kind]
    return updatedAt === undefined ? [] : [log]
  })
  const newest = new Map<string, string>()
  for (const log of logs) {
    const found = await rows<Found>(
      `SELECT ${VENDOR_KEY} AS key, formatDateTime(max(vendor_updated_at), '%Y-%m-%dT%H:%i:%S.', 'UTC')
         || leftPad(toString(toUnixTimestamp64Milli(max(vendor_updated_at)) % 1000), 3, '0') || 'Z' AS at
       FROM ${log}
       WHERE ${inVersion} AND integration_id = {integration_id:UInt64} AND stream = {stream:String}
         AND ${VENDOR_KEY} IN {keys:Array(String)}
       GROUP BY key`,
      {
        ...versionParams(version),
        integration_id: asked.integrationId,
        stream: asked.stream,
        keys: [...asked.keys],
      }
    )
    for (const { key, at } of found) if (at > (newest.get(key) ?? '')) newest.set(key, at)
  }
  return newest
}
