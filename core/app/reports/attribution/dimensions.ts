import { campaignKey, campaignLabel, type CampaignColumns } from '#measurement/public'
import { foldCampaign } from '#warehouse/public'
import type { Title } from '../catalogue/types.ts'

/** What touches are told apart by: players of a model, and what rows of the answer are filtered by. */
export interface TouchDimension {
  key: string
  aliases: readonly string[]
  title: Title
  /** Columns of `touch` that it is made of. */
  columns: readonly string[]
  /** SQL over these; '' where a touch has no value. */
  value: (...columns: string[]) => string
  /** What filters give is folded to the value that is meant. */
  fold?: (text: string) => string
  /** Different names are one player: SQL over the columns for the touch's own, and for the one shown. */
  label?: { own: (...columns: string[]) => string; shown: (value: string, own: string) => string }
  /** SQL over a row of `daily_kpi`, where ad spend is known by it. */
  spend?: string
}

/** What conversions are chosen by. */
export interface OrderDimension {
  key: string
  aliases: readonly string[]
  /** SQL over a row of `journeys`. */
  column: string
  /** SQL over a row of `daily_kpi`, where ad spend is known by it. */
  spend?: string
}

const asItIs = (column: string) => column

function plain(key: string, title: Title, hasSpend = true): TouchDimension {
  return {
    key,
    aliases: [],
    title,
    columns: [key],
    value: asItIs,
    ...(hasSpend && { spend: key }),
  }
}

const both = (source: string, medium: string) =>
  `if(${source} = '' AND ${medium} = '', '', concat(${source}, ' / ', ${medium}))`

const asCampaign = ([source = '', campaign = '', campaignId = '']: string[]): CampaignColumns => ({
  source,
  campaign,
  campaignId,
})
const campaignColumns = ['source', 'campaign', 'campaign_id']

export const channelDimension = plain('channel', { en: 'Channel', ru: 'Канал' })

export const touchDimensions: readonly TouchDimension[] = [
  channelDimension,
  plain('source', { en: 'Source', ru: 'Источник' }),
  plain('medium', { en: 'Medium', ru: 'Тип трафика' }),
  {
    key: 'source_medium',
    aliases: [],
    title: { en: 'Source / medium', ru: 'Источник / тип трафика' },
    columns: ['source', 'medium'],
    value: both,
    spend: both('source', 'medium'),
  },
  {
    key: 'campaign',
    aliases: ['campaign_name'],
    title: { en: 'Campaign', ru: 'Кампания' },
    columns: campaignColumns,
    value: (...columns) => campaignKey(asCampaign(columns)),
    fold: foldCampaign,
    label: {
      own: (_source = '', campaign = '', id = '') => `if(${campaign} = '', ${id}, ${campaign})`,
      shown: campaignLabel,
    },
    spend: campaignKey(asCampaign(campaignColumns)),
  },
  plain('ad', { en: 'Ad', ru: 'Объявление' }),
  plain('landing_page', { en: 'Landing page', ru: 'Посадочная страница' }, false),
  plain('keyword', { en: 'Keyword', ru: 'Ключевое слово' }, false),
  plain('country', { en: 'Country of the touch', ru: 'Страна касания' }),
  plain('device', { en: 'Device of the touch', ru: 'Устройство касания' }),
]

/** Country and device are the order's where they are filtered by. */
export const orderDimensions: readonly OrderDimension[] = [
  { key: 'country', aliases: [], column: 'country', spend: 'country' },
  { key: 'device', aliases: [], column: 'device', spend: 'device' },
  { key: 'source_type', aliases: [], column: 'source_type' },
  { key: 'integration_id', aliases: ['integration'], column: 'toString(integration_id)' },
  { key: 'coupon', aliases: [], column: 'coupon' },
  {
    key: 'customer_type',
    aliases: [],
    column: `multiIf(person_key = 0, '', is_new, 'new', 'returning')`,
  },
]

interface Named {
  key: string
  aliases: readonly string[]
}

const namesOf = (dimensions: readonly Named[]) =>
  dimensions.flatMap(({ key, aliases }) => [key, ...aliases])

function find<Dimension extends Named>(dimensions: readonly Dimension[], name: string) {
  return dimensions.find(({ key, aliases }) => key === name || aliases.includes(name))
}

export const findTouchDimension = (name: string) => find(touchDimensions, name)
export const findOrderDimension = (name: string) => find(orderDimensions, name)

export const groupingNames = namesOf(touchDimensions)
export const filterNames = [...new Set([...namesOf(orderDimensions), ...groupingNames])]
