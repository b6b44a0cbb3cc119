/** A channel rule of the preset: the first that fits names the channel. RE2 over lower-case text. */
export interface PresetRule {
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
export const presetRules: readonly PresetRule[] = [
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

/** What no rule knows. */
export const UNASSIGNED = 'Unassigned'

/** Channels of the preset that cost money per click, view or sale. */
export const presetPaid: ReadonlySet<string> = new Set([
  'Paid Search',
  'Paid Social',
  'Paid Shopping',
  'Paid Video',
  'Paid Other',
  'Cross-network',
  'Display',
  'Affiliates',
  'Audio',
])

/** A parameter that a platform adds to the link it was clicked on, and what a visit with it is. */
export interface ClickIdKind {
  parameter: string
  source: string
  medium: string
  /** RE2 of values that can be told without their parameter. */
  shape?: string
}

/** The first of them that a link carries says most: platforms add the last ones to unpaid links too. */
export const clickIdKinds: readonly ClickIdKind[] = [
  { parameter: 'gclid', source: 'google', medium: 'cpc', shape: '^(Cj0KC|CjwKC|EAIaIQ)' },
  { parameter: 'wbraid', source: 'google', medium: 'cpc' },
  { parameter: 'gbraid', source: 'google', medium: 'cpc' },
  { parameter: 'gad_source', source: 'google', medium: 'cpc' },
  { parameter: 'dclid', source: 'dfa', medium: 'cpm' },
  { parameter: 'msclkid', source: 'bing', medium: 'cpc' },
  { parameter: 'yclid', source: 'yandex', medium: 'cpc' },
  { parameter: 'ttclid', source: 'tiktok', medium: 'cpc', shape: '^E\\.C\\.P\\.' },
  { parameter: 'twclid', source: 'twitter', medium: 'cpc' },
  { parameter: 'li_fat_id', source: 'linkedin', medium: 'cpc' },
  { parameter: 'ScCid', source: 'snapchat', medium: 'cpc' },
  { parameter: 'rdt_cid', source: 'reddit', medium: 'cpc' },
  { parameter: 'epik', source: 'pinterest', medium: 'cpc' },
  { parameter: 'rb_clickid', source: 'vk', medium: 'cpc' },
  {
    parameter: 'fbclid',
    source: 'facebook',
    medium: 'social',
    shape: '^(fb\\.[0-9]\\.|IwAR|IwY2xj|IwZXh0|PAZXh0)',
  },
  { parameter: 'igshid', source: 'instagram', medium: 'social' },
]

/**
 * Hosts of result pages of search engines, RE2; the group is the engine's name. Other services of the
 * same companies, such as mail, are sites like any other.
 */
export const SEARCH_HOST =
  '^(?:(?:www|m|search|lite|images|[a-z]{2}|(?:[a-z]{2}|r)\\.search)\\.)?(google|bing|yahoo|duckduckgo|baidu|ecosia|yandex|naver|seznam|qwant|startpage)\\.(?:com|org|net|(?:com?\\.)?[a-z]{2})$'

/** Hosts of the same that the pattern does not know, apps included. */
export const searchHosts: Readonly<Record<string, string>> = {
  'ask.com': 'ask',
  'ya.ru': 'yandex',
  'com.google.android.googlequicksearchbox': 'google',
}
