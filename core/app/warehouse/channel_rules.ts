import { presetRules, UNASSIGNED, type PresetRule } from './channels.ts'
import type { Params } from './client.ts'

/** What a channel rule may look at; what a row does not know of itself is ''. */
export const channelFields = [
  'source',
  'medium',
  'campaign',
  'referrer_host',
  'landing_page',
  'click_id_kind',
] as const
export type ChannelField = (typeof channelFields)[number]

/** How a field is compared. Case is overlooked; `matches` takes RE2 patterns. */
export const channelOps = ['equals', 'contains', 'starts_with', 'matches', 'in'] as const
export type ChannelOp = (typeof channelOps)[number]

/** Holds where the field is known and any of the values fits. */
export interface ChannelCondition {
  field: ChannelField
  op: ChannelOp
  values: readonly string[]
}

/** A rule of the project: names the channel of what all of its conditions hold for. */
export interface ChannelRule {
  channel: string
  conditions: readonly ChannelCondition[]
}

/** SQL of the fields; an absent one is unknown. */
export type ChannelColumns = Readonly<Partial<Record<ChannelField, string>>>

const quoted = (text: string) => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`

/** RE2 for the text itself. */
const literally = (text: string) =>
  text.replaceAll(/[^\p{L}\p{N}\s_]/gu, (char) => `\\x{${char.codePointAt(0)?.toString(16)}}`)

/** RE2 for any of the values: one pattern per condition keeps the statements of many rules short. */
export function patternOf({ op, values }: Pick<ChannelCondition, 'op' | 'values'>): string {
  const any = (texts: readonly string[]) => texts.map((text) => `(?:${text})`).join('|')
  const patterns: Record<ChannelOp, string> = {
    equals: `^(?:${any(values.map(literally))})$`,
    in: `^(?:${any(values.map(literally))})$`,
    contains: any(values.map(literally)),
    starts_with: `^(?:${any(values.map(literally))})`,
    matches: any(values),
  }
  return `(?i)${patterns[op]}`
}

/** Parameters that `channelExpression` of the same rules refers to. */
export function channelParams(rules: readonly ChannelRule[] = []): Params {
  return Object.fromEntries(
    rules.flatMap(({ channel, conditions }, rule) => [
      [`channel_${rule}`, channel],
      ...conditions.map((condition, index) => [`channel_${rule}_${index}`, patternOf(condition)]),
    ])
  ) as Params
}

/** Branches of the project's own rules: condition, channel. */
function ownBranches(rules: readonly ChannelRule[], columns: ChannelColumns): string[] {
  return rules.flatMap(({ conditions }, rule) => {
    const holds = conditions.map(({ field }, index) => {
      const column = columns[field] ?? `''`
      return `${column} != '' AND match(${column}, {channel_${rule}_${index}:String})`
    })
    return [holds.join(' AND '), `{channel_${rule}:String}`]
  })
}

function presetBranch(rule: PresetRule, columns: Record<keyof PresetRule, string>): string[] {
  const conditions = (['source', 'medium', 'campaign'] as const)
    .filter((part) => rule[part] !== undefined)
    .map((part) => `match(lower(${columns[part]}), ${quoted(rule[part] ?? '')})`)
  return [conditions.join(' AND '), quoted(rule.channel)]
}

/**
 * SQL for the channel of a visit, an order or an ad: the project's rules in their order, then the
 * preset. Nothing known about it gives '', which reports show as unattributed; something that no rule
 * knows is "Unassigned".
 */
export function channelExpression(
  columns: ChannelColumns,
  rules: readonly ChannelRule[] = []
): string {
  const { source = `''`, medium = `''`, campaign = `''` } = columns
  const known = { source, medium, campaign, channel: '' }
  const branches = [
    ...ownBranches(rules, columns),
    `${source} = '' AND ${medium} = '' AND ${campaign} = ''`,
    `''`,
    ...presetRules.flatMap((rule) => presetBranch(rule, known)),
  ]
  return `multiIf(${branches.join(', ')}, ${quoted(UNASSIGNED)})`
}
