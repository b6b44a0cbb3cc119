import type { ChannelRule, ChannelRules, ChannelRulesBody } from '../../api/types.ts'

export const FIELDS = [
  'source',
  'medium',
  'campaign',
  'referrer_host',
  'landing_page',
  'click_id_kind',
] as const satisfies Condition['field'][]
export const OPS = [
  'equals',
  'contains',
  'starts_with',
  'in',
  'matches',
] as const satisfies Condition['op'][]

export type Condition = ChannelRule['conditions'][number]

export interface DraftRule {
  /** Tells rules apart while they move; the API knows them by their order. */
  key: number
  channel: string
  conditions: Condition[]
}

export interface RulesDraft {
  rules: DraftRule[]
  /** Whether a channel costs money, by its name. */
  paid: Readonly<Record<string, boolean>>
  nextKey: number
}

export type RulesAction =
  | { type: 'reset'; rules: ChannelRules }
  | { type: 'add' }
  | { type: 'change'; key: number; patch: Partial<Omit<DraftRule, 'key'>> }
  | { type: 'remove'; key: number }
  | { type: 'move'; from: number; to: number }
  | { type: 'paid'; channel: string; isPaid: boolean }

export const NEW_CONDITION: Condition = { field: 'source', op: 'equals', values: [] }

export function toDraft({ rules, channels }: ChannelRules): RulesDraft {
  return {
    rules: rules.map(({ channel, conditions }, key) => ({ key, channel, conditions })),
    paid: Object.fromEntries(channels.map(({ channel, is_paid: isPaid }) => [channel, isPaid])),
    nextKey: rules.length,
  }
}

/** The list with one of its items elsewhere. */
export function moved<Item>(items: readonly Item[], from: number, to: number): Item[] {
  const rest = items.filter((_, index) => index !== from)
  return [...rest.slice(0, to), ...items.slice(from, from + 1), ...rest.slice(to)]
}

export function reduceRules(draft: RulesDraft, action: RulesAction): RulesDraft {
  switch (action.type) {
    case 'reset':
      return toDraft(action.rules)
    case 'add': {
      const rule = { key: draft.nextKey, channel: '', conditions: [NEW_CONDITION] }
      return { ...draft, rules: [...draft.rules, rule], nextKey: draft.nextKey + 1 }
    }
    case 'change': {
      const { key, patch } = action
      const rules = draft.rules.map((rule) => (rule.key === key ? { ...rule, ...patch } : rule))
      return { ...draft, rules }
    }
    case 'remove':
      return { ...draft, rules: draft.rules.filter(({ key }) => key !== action.key) }
    case 'move':
      return { ...draft, rules: moved(draft.rules, action.from, action.to) }
    case 'paid':
      return { ...draft, paid: { ...draft.paid, [action.channel]: action.isPaid } }
  }
}

/** What a rule still lacks. */
export const isComplete = ({ channel, conditions }: DraftRule): boolean =>
  channel.trim() !== '' &&
  conditions.length > 0 &&
  conditions.every(({ values }) => values.length > 0)

/** Channels that a rule of the draft or of the preset names, in order of their names. */
export function channelsOf({ rules }: RulesDraft, { preset }: ChannelRules): string[] {
  const own = rules.map(({ channel }) => channel.trim()).filter(Boolean)
  return [...new Set([...own, ...preset.map(({ channel }) => channel)])].sort((one, other) =>
    one.localeCompare(other)
  )
}

export const toRules = (rules: readonly DraftRule[]): ChannelRulesBody['rules'] =>
  rules.map(({ channel, conditions }) => ({ channel: channel.trim(), conditions }))

export function toBody(draft: RulesDraft, saved: ChannelRules): ChannelRulesBody {
  return {
    rules: toRules(draft.rules),
    channels: channelsOf(draft, saved).map((channel) => ({
      channel,
      is_paid: draft.paid[channel] ?? false,
    })),
  }
}

/** Whether saving would change anything. */
export const isChanged = (draft: RulesDraft, saved: ChannelRules): boolean =>
  JSON.stringify(toBody(draft, saved)) !== JSON.stringify(toBody(toDraft(saved), saved))
