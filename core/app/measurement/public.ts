export {
  AttributionSettings,
  attributionSettings,
  conversionField,
} from './attribution/settings.ts'
export { campaignKey, campaignLabel, type CampaignColumns } from './campaigns/campaign_sql.ts'
export { campaignResolution, isSpend, type CampaignResolution } from './campaigns/resolution.ts'
export { channelRules, paidChannels } from './channels/rules.ts'
export { onChannelRulesChanged } from './measurement_hooks.ts'
