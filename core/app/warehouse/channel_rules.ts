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

/** What is said of whom each rule fits: SQL of one type. */
interface Verdicts {
  own: (rule: number) => string
  preset: (rule: number) => string
  /** Nothing is known. */
  unknown: string
  /** Something is known, and no rule fits. */
  none: string
}

/** When a project's own rule holds. */
const ownHolds = ({ conditions }: ChannelRule, rule: number, columns: ChannelColumns): string =>
  conditions
    .map(({ field }, index) => {
      const column = columns[field] ?? `''`
      return `${column} != '' AND match(${column}, {channel_${rule}_${index}:String})`
    })
    .join(' AND ')

const presetFields = ['source', 'medium', 'campaign'] as const

const presetHolds = (
  rule: PresetRule,
  columns: Record<(typeof presetFields)[number], string>
): string =>
  presetFields
    .filter((part) => rule[part] !== undefined)
    .map((part) => `match(lower(${columns[part]}), ${quoted(rule[part] ?? '')})`)
    .join(' AND ')

/** The first rule that fits has the word: the project's own in their order, then the preset. */
function firstThatFits(
  columns: ChannelColumns,
  rules: readonly ChannelRule[],
  say: Verdicts
): string {
  const { source = `''`, medium = `''`, campaign = `''` } = columns
  const branches = [
    ...rules.flatMap((rule, index) => [ownHolds(rule, index, columns), say.own(index)]),
    `${source} = '' AND ${medium} = '' AND ${campaign} = ''`,
    say.unknown,
    ...presetRules.flatMap((rule, index) => [
      presetHolds(rule, { source, medium, campaign }),
      say.preset(index),
    ]),
  ]
  return `multiIf(${branches.join(', ')}, ${say.none})`
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
  return firstThatFits(columns, rules, {
    own: (rule) => `{channel_${rule}:String}`,
    preset: (rule) => quoted(presetRules[rule]?.channel ?? ''),
    unknown: `''`,
    none: quoted(UNASSIGNED),
  })
}

/** SQL for which rule that is: from 1 the project's own, from −1 downwards the preset's, 0 where none fits. */
export function ruleExpression(
  columns: ChannelColumns,
  rules: readonly ChannelRule[] = []
): string {
  return firstThatFits(columns, rules, {
    own: (rule) => String(rule + 1),
    preset: (rule) => String(-rule - 1),
    unknown: '0',
    none: '0',
  })
}
