import { channelExpression, type ChannelRule } from './channel_rules.ts'
import { clickIdKinds, SEARCH_HOST, searchHosts } from './channels.ts'

const quoted = (text: string) => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`
const list = (texts: readonly string[]) => `[${texts.map(quoted).join(', ')}]`

const firstKnown = (...expressions: string[]) =>
  expressions.reduceRight((rest, expression) => `if(${expression} != '', ${expression}, ${rest})`)

/** Marks of what an ad platform should have filled in: nothing is known then. */
const PLACEHOLDERS = [
  ['{', '}'],
  ['%', '%'],
  ['__', '__'],
]
const isPlaceholder = (value: string) =>
  PLACEHOLDERS.map(
    ([from, to]) => `(startsWith(${value}, '${from}') AND endsWith(${value}, '${to}'))`
  ).join(' OR ')

const parameter = (name: string) => {
  const value = `decodeURLFormComponent(extractURLParameter(landing_page, ${quoted(name)}))`
  return `if(${isPlaceholder(value)}, '', ${value})`
}

const kinds = clickIdKinds.map(({ parameter: name }) => name)
const shapes = clickIdKinds.flatMap(({ parameter: name, shape }) =>
  shape ? [`match(click_id, ${quoted(shape)})`, quoted(name)] : []
)

/** A click id that is written as `gclid=…`, or of a shape that only one platform uses. */
const ownKind = `if(click_id = '', '', multiIf(
  match(click_id, ${quoted(`^(${kinds.join('|')})[=:]`)}), extract(click_id, '^[A-Za-z_]+'), ${shapes.join(', ')}, ''))`

/** Of the link's click ids the one that says most. */
const linkKind = `${list(kinds)}[arrayMin(arrayFilter(place -> place > 0,
  arrayMap(name -> indexOf(${list(kinds)}, name), parameters)))]`

/** Links within the shop are no way to it. */
const isOwnSite = `cutToFirstSignificantSubdomain(landing_page) != ''
    AND cutToFirstSignificantSubdomain(referrer) = cutToFirstSignificantSubdomain(landing_page)`
const referrerHost = `if(referrer = '', '', if(${isOwnSite}, '', lower(domainWithoutWWW(referrer))))`

const clickSource = `transform(click_id_kind, ${list(kinds)}, ${list(clickIdKinds.map(({ source }) => source))}, '')`
const clickMedium = `transform(click_id_kind, ${list(kinds)}, ${list(clickIdKinds.map(({ medium }) => medium))}, '')`
const engine = `transform(host, ${list(Object.keys(searchHosts))}, ${list(Object.values(searchHosts))},
    extract(host, ${quoted(SEARCH_HOST)}))`

export const CAMPAIGN_IDS = ['utm_id', 'campaignid', 'gad_campaignid', 'campaign_id']

/** What the visit's own fields and its link say. */
const told = {
  told_channel: 'channel',
  told_source: firstKnown('source', parameter('utm_source')),
  told_medium: firstKnown('medium', parameter('utm_medium')),
  told_campaign: firstKnown('campaign', parameter('utm_campaign')),
  told_campaign_id: firstKnown('campaign_id', ...CAMPAIGN_IDS.map(parameter)),
  told_ad: firstKnown('content', parameter('utm_content')),
  told_keyword: firstKnown('term', parameter('utm_term')),
  landing: 'cutQueryStringAndFragment(landing_page)',
  click_id_kind: firstKnown(ownKind, linkKind),
  referrer_host: referrerHost,
}

/** A click id names the medium only of the platform that it is of. */
const clicked = {
  clicked_source: `if(told_source = '', ${clickSource}, told_source)`,
  clicked_medium: `if(told_medium = '' AND told_source IN ('', ${clickSource}), ${clickMedium}, told_medium)`,
}

/**
 * Of few values that are each looked at once. TRICKY: the functions of the rules look at every value of
 * a plain text, but only at the distinct ones of a column that keeps them apart.
 */
const few = (column: string) => `toLowCardinality(${column})`

const cameBy = {
  has_origin: `told_channel != '' OR clicked_source != '' OR clicked_medium != '' OR told_campaign != ''
    OR told_campaign_id != '' OR click_id != '' OR referrer_host != ''`,
  is_referred: `clicked_source = '' AND clicked_medium = '' AND referrer_host != ''`,
  search_engine: `toString(${engine.replaceAll('host', few('referrer_host'))})`,
}

const resolved = {
  visit_source: `multiIf(NOT has_origin, '(direct)', NOT is_referred, clicked_source, search_engine != '', search_engine, referrer_host)`,
  visit_medium: `multiIf(NOT has_origin, '(none)', NOT is_referred, clicked_medium, search_engine != '', 'organic', 'referral')`,
}

/** What rules look at, of a row with its origin. */
export const ruledColumns = {
  source: few('visit_source'),
  medium: few('visit_medium'),
  campaign: few('told_campaign'),
  referrer_host: few('referrer_host'),
  landing_page: 'landing',
  click_id_kind: few('click_id_kind'),
}

const columns = (expressions: Readonly<Record<string, string>>) =>
  Object.entries(expressions)
    .map(([name, expression]) => `${expression} AS ${name}`)
    .join(', ')

/**
 * Settings of statements that use `withOrigin`. TRICKY: what is computed behind a condition is computed
 * once more for each condition that it stands behind, and here they stand behind each other: ten times
 * the work of computing everything once.
 */
export const eagerly = { short_circuit_function_evaluation: 'disable' } as const

/**
 * The rows of `visits` (columns of the wire's origin) with where each came from: `visit_source`,
 * `visit_medium`, `told_campaign`, `told_campaign_id`, `told_ad`, `told_keyword`, `landing`,
 * `visit_channel`, `is_direct`. What a visit says itself comes first, then its link's parameters, then
 * its click id, then its referrer; a visit of which nothing is known is direct.
 */
export function withOrigin(visits: string, rules: readonly ChannelRule[] = []): string {
  const channel = channelExpression(ruledColumns, rules)
  return `SELECT *, multiIf(told_channel != '', told_channel, ruled_channel != '', ruled_channel, 'Unassigned') AS visit_channel,
    lowerUTF8(visit_channel) = 'direct' AS is_direct
  FROM (SELECT *, ${channel} AS ruled_channel
  FROM (SELECT *, ${columns(resolved)}
  FROM (SELECT *, ${columns(cameBy)}
  FROM (SELECT *, ${columns(clicked)}
  FROM (SELECT *, ${columns(told)}
  FROM (SELECT *, extractURLParameterNames(landing_page) AS parameters FROM (${visits})))))))`
}
