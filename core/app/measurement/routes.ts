import { createMapping, deleteMapping, indexMappings } from './endpoints/campaign_mappings.ts'
import {
  replaceAttributionSettings,
  showAttributionSettings,
} from './endpoints/attribution_settings.ts'
import { replaceChannelRules, showChannelRules } from './endpoints/channel_rules.ts'
import { tryChannel } from './endpoints/try_channel.ts'

export default [
  showChannelRules,
  replaceChannelRules,
  tryChannel,
  showAttributionSettings,
  replaceAttributionSettings,
  indexMappings,
  createMapping,
  deleteMapping,
]
