import type { NewCampaignMapping, SpendWithoutVisits, VisitsWithoutSpend } from '../../api/types.ts'

/** What visits call a campaign, and the campaign of the ad account that is meant. */
export function mappingOf(
  visits: VisitsWithoutSpend,
  spend: SpendWithoutVisits
): NewCampaignMapping {
  return {
    from:
      visits.campaign_id === null
        ? {
            ...(visits.source !== null && { source: visits.source }),
            ...(visits.campaign !== null && { campaign: visits.campaign }),
          }
        : { campaign_id: visits.campaign_id },
    to:
      spend.campaign_id === null
        ? { ...(spend.campaign !== null && { campaign_key: spend.campaign }) }
        : { campaign_id: spend.campaign_id },
  }
}
