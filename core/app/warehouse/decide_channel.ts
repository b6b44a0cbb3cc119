import { channelParams, ruleExpression, type ChannelRule } from './channel_rules.ts'
import { rows } from './client.ts'
import { ruledColumns, withOrigin } from './origins.ts'

/** What a visit says of where it came from, as touchpoints and sessions do; '' is what it does not say. */
export const visitFields = [
  'channel',
  'source',
  'medium',
  'campaign',
  'campaign_id',
  'content',
  'term',
  'click_id',
  'referrer',
  'landing_page',
] as const
export type Visit = Readonly<Record<(typeof visitFields)[number], string>>

/** Where a visit came from. */
export interface Decided {
  channel: string
  is_direct: boolean
  /** From 1 the project's own rule, from −1 downwards the preset's; 0 where none decided. */
  ruled_by: number
  source: string
  medium: string
  campaign: string
  campaign_id: string
  ad: string
  keyword: string
  landing_page: string
  referrer_host: string
  click_id_kind: string
  /** Source and medium before the referrer is looked at; before the click id, too. */
  told_source: string
  told_medium: string
  clicked_source: string
  clicked_medium: string
}

const own = visitFields.map((field) => `{own_${field}:String} AS ${field}`).join(', ')

const answer = (rules: readonly ChannelRule[]) => `
  SELECT visit_channel AS channel, toBool(is_direct) AS is_direct, if(told_channel = '', toInt32(${ruleExpression(ruledColumns, rules)}), 0) AS ruled_by,
    visit_source AS source, visit_medium AS medium, told_campaign AS campaign, told_campaign_id AS campaign_id,
    told_ad AS ad, told_keyword AS keyword, landing AS landing_page, referrer_host, click_id_kind,
    told_source, told_medium, clicked_source, clicked_medium
  FROM (${withOrigin(`SELECT ${own}`, rules)})`

/** Says where a visit would come from, by the SQL that touches are built with. */
export async function decideChannel(visit: Visit, rules: readonly ChannelRule[]): Promise<Decided> {
  const named = visitFields.map((field) => [`own_${field}`, visit[field]] as const)
  const params = { ...channelParams(rules), ...Object.fromEntries(named) }
  const [decided] = await rows<Decided>(answer(rules), params)
  if (!decided) throw new Error('A visit has no origin')
  return decided
}
