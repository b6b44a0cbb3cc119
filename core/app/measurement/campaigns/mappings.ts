import { cleanCampaignName } from '@analyticaflow/sdk'
import db from '@adonisjs/lucid/services/db'

/** What visits call a campaign, and the campaign that is meant. '' is what a mapping does not name. */
export interface CampaignMapping {
  id: number
  from_source: string
  from_campaign: string
  from_campaign_id: string
  to_campaign: string
  to_campaign_id: string
}

const columns = [
  'id',
  'from_source',
  'from_campaign',
  'from_campaign_id',
  'to_campaign',
  'to_campaign_id',
] as const

/** Mappings of a project by their ids; `page`: so many of those after one of them. */
export async function campaignMappings(
  projectId: number | string,
  page?: { after: number; limit: number }
): Promise<CampaignMapping[]> {
  const query = db
    .from('campaign_mappings')
    .where('project_id', projectId)
    .orderBy('id')
    .select(...columns)
  if (page) void query.where('id', '>', page.after).limit(page.limit)
  return (await query) as CampaignMapping[]
}

/** @returns the mapping; undefined where there is one from the same already */
export async function addMapping(
  projectId: number,
  mapping: Omit<CampaignMapping, 'id'>
): Promise<CampaignMapping | undefined> {
  const rows: unknown = await db
    .table('campaign_mappings')
    .insert({
      ...mapping,
      from_source: mapping.from_source.toLowerCase(),
      from_campaign: cleanCampaignName(mapping.from_campaign),
      to_campaign: cleanCampaignName(mapping.to_campaign),
      project_id: projectId,
    })
    .knexQuery.onConflict(['project_id', 'from_source', 'from_campaign', 'from_campaign_id'])
    .ignore()
    .returning([...columns])
  return (rows as CampaignMapping[])[0]
}

/** @returns whether there was one */
export async function removeMapping(projectId: number, id: number): Promise<boolean> {
  const removed = await db.from('campaign_mappings').where({ project_id: projectId, id }).delete()
  return Number(removed) > 0
}
