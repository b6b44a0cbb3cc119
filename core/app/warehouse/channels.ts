/** One rule: the first that fits names the channel. Patterns are RE2, over lower-case text. */
interface ChannelRule {
  channel: string
  source?: string
  medium?: string
  campaign?: string
}

const SEARCH = 'google|bing|yahoo|duckduckgo|baidu|ecosia|yandex|naver|seznam|ask|qwant|startpage'
const SOCIAL =
  'facebook|fb|instagram|ig|tiktok|twitter|x|t\\.co|linkedin|pinterest|reddit|vk|vkontakte|ok|threads|snapchat|telegram|whatsapp'
const VIDEO = 'youtube|vimeo|twitch|rutube|dailymotion'
const SHOPPING =
  'amazon|ebay|etsy|walmart|alibaba|aliexpress|google shopping|shopify|ozon|wildberries'
const PAID = '^(.*cp.*|ppc|retargeting|paid.*)$'

const sourceOf = (names: string) => `(^|\\.|_|-)(${names})($|\\.|_|-)`

/**
 * Google Analytics' default channel groups, in its order.
 * Source: https://support.google.com/analytics/answer/9756891
 */
export const defaultChannels: readonly ChannelRule[] = [
  { channel: 'Direct', source: '^\\(direct\\)$', medium: '^(\\(none\\)|\\(not set\\)|)$' },
  { channel: 'Cross-network', campaign: 'cross-network' },
  { channel: 'Paid Shopping', source: sourceOf(SHOPPING), medium: PAID },
  { channel: 'Paid Shopping', campaign: '^(.*(([^a-df-z]|^)shop|shopping).*)$', medium: PAID },
  { channel: 'Paid Search', source: sourceOf(SEARCH), medium: PAID },
  { channel: 'Paid Social', source: sourceOf(SOCIAL), medium: PAID },
  { channel: 'Paid Video', source: sourceOf(VIDEO), medium: PAID },
  { channel: 'Display', medium: '^(display|banner|expandable|interstitial|cpm)$' },
  { channel: 'Paid Other', medium: PAID },
  { channel: 'Organic Shopping', source: sourceOf(SHOPPING) },
  { channel: 'Organic Shopping', campaign: '^(.*(([^a-df-z]|^)shop|shopping).*)$' },
  { channel: 'Organic Social', source: sourceOf(SOCIAL) },
  {
    channel: 'Organic Social',
    medium: '^(social|social-network|social-media|sm|social network|social media)$',
  },
  { channel: 'Organic Video', source: sourceOf(VIDEO) },
  { channel: 'Organic Video', medium: 'video' },
  { channel: 'Organic Search', source: sourceOf(SEARCH) },
  { channel: 'Organic Search', medium: '^organic$' },
  { channel: 'Referral', medium: '^(referral|app|link)$' },
  { channel: 'Email', source: '^e[-_ ]?mail$' },
  { channel: 'Email', medium: '^e[-_ ]?mail$' },
  { channel: 'Affiliates', medium: '^affiliates?$' },
  { channel: 'Audio', medium: '^audio$' },
  { channel: 'SMS', source: '^sms$' },
  { channel: 'SMS', medium: '^sms$' },
  { channel: 'Push', medium: 'push$|mobile|notification' },
]

const quoted = (text: string) => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`

/**
 * SQL for the channel of a visit or an order. Nothing known about it gives '', which reports show as
 * unattributed; something that no rule knows is "Unassigned".
 */
export function channelExpression(source: string, medium: string, campaign: string): string {
  const columns = { source, medium, campaign }
  const branches = defaultChannels.map((rule) => {
    const conditions = (['source', 'medium', 'campaign'] as const)
      .filter((part) => rule[part] !== undefined)
      .map((part) => `match(lower(${columns[part]}), ${quoted(rule[part] ?? '')})`)
    return `${conditions.join(' AND ')}, ${quoted(rule.channel)}`
  })
  return `multiIf(${source} = '' AND ${medium} = '' AND ${campaign} = '', '', ${branches.join(', ')}, 'Unassigned')`
}
