export {
  AttributionSettings,
  attributionSettings,
  conversionField,
} from './attribution/settings.ts'
export { channelRules, paidChannels } from './channels/rules.ts'
export { onChannelRulesChanged } from './measurement_hooks.ts'
