import {
  decideChannel,
  presetRules,
  type ChannelRule,
  type Decided,
  type Visit,
} from '#warehouse/public'
import { asRule } from './preset.ts'

/** What has said a source or a medium. */
export const origins = ['visit', 'link', 'click_id', 'referrer', 'nothing'] as const
type Origin = (typeof origins)[number]

/** What has the last word about a channel. */
export const deciders = ['visit', 'rule', 'preset', 'nothing'] as const

const known = (value: string) => (value === '' ? null : value)

function originOf(part: 'source' | 'medium', visit: Visit, decided: Decided): Origin {
  if (visit[part] !== '') return 'visit'
  if (decided[`told_${part}`] !== '') return 'link'
  if (decided[`clicked_${part}`] !== '') return 'click_id'
  const isReferred = decided.clicked_source === '' && decided.clicked_medium === ''
  return isReferred && decided.referrer_host !== '' ? 'referrer' : 'nothing'
}

/** The rule that has decided, and its place among the rules of its kind, from 1. */
function ruleOf({ ruled_by: ruledBy }: Decided, rules: readonly ChannelRule[]) {
  const preset = presetRules[-ruledBy - 1]
  const rule = ruledBy > 0 ? rules[ruledBy - 1] : preset && asRule(preset)
  if (!rule) return null
  const conditions = rule.conditions.map(({ values, ...rest }) => ({
    ...rest,
    values: [...values],
  }))
  return { place: Math.abs(ruledBy), channel: rule.channel, conditions }
}

function deciderOf({ channel }: Visit, { ruled_by: ruledBy }: Decided): (typeof deciders)[number] {
  if (channel !== '') return 'visit'
  if (ruledBy === 0) return 'nothing'
  return ruledBy > 0 ? 'rule' : 'preset'
}

/** Which channel a visit would get, and why. */
export async function explainChannel(
  visit: Visit,
  rules: readonly ChannelRule[],
  flags: ReadonlyMap<string, boolean>
) {
  const decided = await decideChannel(visit, rules)
  const told = (part: 'source' | 'medium') => ({
    value: known(decided[part]),
    from: originOf(part, visit, decided),
  })
  return {
    channel: decided.channel,
    is_paid: flags.get(decided.channel) ?? false,
    is_direct: decided.is_direct,
    decided_by: deciderOf(visit, decided),
    rule: ruleOf(decided, rules),
    source: told('source'),
    medium: told('medium'),
    campaign: known(decided.campaign),
    campaign_id: known(decided.campaign_id),
    ad: known(decided.ad),
    keyword: known(decided.keyword),
    landing_page: known(decided.landing_page),
    referrer_host: known(decided.referrer_host),
    click_id_kind: known(decided.click_id_kind),
  }
}
