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

/** The rules' texts in the order in which the expression counts them. */
const textsOf = (rules: readonly ChannelRule[]): string[] =>
  rules.flatMap(({ channel, conditions }) => [
    channel,
    ...conditions.flatMap(({ values }) => values),
  ])

/** Parameters that `channelExpression` of the same rules refers to. */
export function channelParams(rules: readonly ChannelRule[] = []): Params {
  return rules.length === 0 ? {} : { channel_texts: textsOf(rules) }
}

/** SQL of one comparison; a pattern that begins with flags may still set its own. */
export function comparison(op: ChannelOp, column: string, value: string): string {
  const folded = `lowerUTF8(${value})`
  const conditions: Record<ChannelOp, string> = {
    equals: `lowerUTF8(${column}) = ${folded}`,
    in: `lowerUTF8(${column}) = ${folded}`,
    contains: `position(lowerUTF8(${column}), ${folded}) > 0`,
    starts_with: `startsWith(lowerUTF8(${column}), ${folded})`,
    matches: `match(${column}, concat('(?i)', ${value}))`,
  }
  return conditions[op]
}

/** Branches of the project's own rules: condition, channel. */
function ownBranches(rules: readonly ChannelRule[], columns: ChannelColumns): string[] {
  let used = 0
  const next = () => `{channel_texts:Array(String)}[${++used}]`
  return rules.flatMap(({ conditions }) => {
    const channel = next()
    const holds = conditions.map(({ field, op, values }) => {
      const column = columns[field] ?? `''`
      const fits = values.map(() => comparison(op, column, next()))
      return `${column} != '' AND (${fits.join(' OR ')})`
    })
    return [holds.map((condition) => `(${condition})`).join(' AND '), channel]
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
