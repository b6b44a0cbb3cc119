import { cleanCampaignName } from '@analyticaflow/sdk'
import {
  currentFacts,
  inSlices,
  inVersion,
  remembered,
  rows,
  versionParams,
  type Version,
} from '#warehouse/public'
import { mappedFrom } from './campaign_sql.ts'
import { campaignMappings, type CampaignMapping } from './mappings.ts'

/** Parameters that `campaignKey` and `campaignLabel` name; pairs of lists of equal length. */
export interface CampaignResolution {
  /** Ids that costs are known of, and the key of each. */
  campaign_ids: string[]
  campaign_id_keys: string[]
  /** Cleaned names that such campaigns bear or bore, and the key of each. */
  campaign_names: string[]
  campaign_name_keys: string[]
  /** Left sides of the project's mappings, and the key that each means. */
  campaign_map_from: string[]
  campaign_map_to: string[]
  /** Keys of campaigns that costs are known of, and how the ad account writes each. */
  campaign_keys: string[]
  campaign_labels: string[]
}

/** What a row of costs is told by: an order has none of this. */
export const isSpend = `(campaign_id != '' OR ad_id != '' OR ad_group != '' OR cost != 0 OR impressions != 0
  OR clicks != 0 OR platform_conversions != 0 OR platform_revenue != 0)`

/**
 * Every name of every campaign that ads ran in or that an account has set up, the newest last: of one
 * day, what the account says now comes after what it said of its costs.
 */
const spellings = `
  SELECT id, name FROM (
    SELECT campaign_id AS id, campaign AS name, max(date) AS last_date, 0 AS is_structure
    FROM daily_kpi WHERE ${inSlices('kpi')} AND ${isSpend} AND (campaign != '' OR campaign_id != '')
    GROUP BY id, name
    UNION ALL
    SELECT campaign_id AS id, campaign_name AS name, toDate(max(observed_at)) AS last_date, 1 AS is_structure
    FROM campaign_log WHERE ${inVersion} AND NOT is_deleted AND fact_id IN (
      ${currentFacts('campaign_log', 'campaign_id', 'fact_id', inVersion)}
    ) GROUP BY id, name
  ) ORDER BY last_date, is_structure, name, id`

interface Spelling {
  id: string
  name: string
}

const keyOf = ({ id, name }: Spelling) => cleanCampaignName(name) || cleanCampaignName(id)

/** Campaigns of the ad accounts: `names` are former ones, too. */
interface KnownCampaigns {
  ids: Map<string, string>
  names: Map<string, string>
  labels: Map<string, string>
}

async function knownCampaigns(version: Version): Promise<KnownCampaigns> {
  const found = await rows<Spelling>(spellings, versionParams(version))
  // Later ones replace earlier ones; a row without a name leaves the name that is known.
  const ids = new Map<string, string>()
  for (const { id, name } of found) {
    if (id !== '' && (name !== '' || !ids.has(id))) ids.set(id, keyOf({ id, name }))
  }
  const names = new Map(found.map((one) => [keyOf(one), ids.get(one.id) ?? keyOf(one)]))
  // A name that some campaign bears now is that one's, though another bore it before.
  for (const key of [...names.values()]) names.set(key, key)
  const labels = new Map(
    found.filter(({ name }) => name !== '').map((one) => [keyOf(one), one.name])
  )
  return { ids, names, labels }
}

const without = (map: ReadonlyMap<string, string>) => [...map].filter(([from]) => from !== '')

function mappingsOf(mappings: readonly CampaignMapping[], { ids, names }: KnownCampaigns) {
  return mappings.map((mapping): [string, string] => {
    const { from_source: source, from_campaign_id: id, from_campaign: name } = mapping
    const from = id === '' ? mappedFrom(source, 'name', name) : mappedFrom(source, 'id', id)
    const { to_campaign: to, to_campaign_id: toId } = mapping
    const key = toId === '' ? (names.get(to) ?? to) : (ids.get(toId) ?? cleanCampaignName(toId))
    return [from, key]
  })
}

/**
 * What resolves campaigns in a published state of a project's data: parameters for the statements that
 * use `campaignKey` and `campaignLabel`. Small: it grows with campaigns, not with visits.
 */
export async function campaignResolution(version: Version): Promise<CampaignResolution> {
  const [known, mappings] = await Promise.all([
    remembered(version, 'campaigns', () => knownCampaigns(version)),
    campaignMappings(version.projectId),
  ])
  const ids = without(known.ids)
  const names = without(known.names)
  const labels = without(known.labels)
  const maps = mappingsOf(mappings, known)
  const first = (pairs: [string, string][]) => pairs.map(([from]) => from)
  const second = (pairs: [string, string][]) => pairs.map(([, to]) => to)
  return {
    campaign_ids: first(ids),
    campaign_id_keys: second(ids),
    campaign_names: first(names),
    campaign_name_keys: second(names),
    campaign_map_from: first(maps),
    campaign_map_to: second(maps),
    campaign_keys: first(labels),
    campaign_labels: second(labels),
  }
}
