import { z } from 'zod'
import { channelFields, channelOps, visitFields } from '#warehouse/public'
import { deciders, origins } from './decide.ts'

/** Bounds of a project's rules: they travel with every statement that names channels. */
const MAX_RULES = 100
const MAX_CONDITIONS = 6
const MAX_VALUES = 50
const MAX_TEXT = 30_000

const text = (longest: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(longest)
    .refine((value) => !/\p{Cc}/u.test(value), 'Control characters are no part of it')

const channelName = text(100)

export const ConditionView = z
  .object({
    field: z.enum(channelFields),
    op: z.enum(channelOps).describe('Case is overlooked; `matches` takes RE2 patterns'),
    values: z.array(text(500)).min(1).max(MAX_VALUES).describe('Any of them'),
  })
  .meta({ id: 'ChannelCondition' })

const ruleFields = {
  channel: channelName,
  conditions: z
    .array(ConditionView.strict())
    .min(1)
    .max(MAX_CONDITIONS)
    .describe('All of them; what a visit does not say of itself fits none'),
}

export const RuleView = z
  .object({ ...ruleFields, is_paid: z.boolean() })
  .meta({ id: 'ChannelRule' })

const ChannelFlag = z.object({ channel: channelName, is_paid: z.boolean() })

export const ChannelRulesView = z
  .object({
    rules: z.array(RuleView).describe("The project's own, which come first, in this order"),
    preset: z.array(RuleView).describe('What follows them, the same in every project'),
    channels: z
      .array(ChannelFlag.meta({ id: 'ChannelFlag' }))
      .describe('Every channel that a rule names, and whether it costs money'),
    is_settled: z.boolean().describe('Whether reports follow these rules already'),
  })
  .meta({ id: 'ChannelRules' })

const texts = ({ channel, conditions }: { channel: string; conditions: { values: string[] }[] }) =>
  channel.length + conditions.flatMap(({ values }) => values).join('').length

const rulesField = z
  .array(
    z.strictObject({
      ...ruleFields,
      is_paid: z.boolean().optional().describe('Absent: as the preset has it, else unpaid'),
    })
  )
  .max(MAX_RULES)
  .refine(
    (rules) => rules.reduce((sum, rule) => sum + texts(rule), 0) <= MAX_TEXT,
    `The rules are longer than ${MAX_TEXT} characters together`
  )

export const ChannelRulesBody = z.object({
  rules: rulesField,
  channels: z
    .array(ChannelFlag.strict())
    .max(200)
    .default([])
    .describe('Channels that are paid or unpaid other than the preset has it'),
})
export type ChannelRulesBody = z.output<typeof ChannelRulesBody>

const said = z.string().trim().max(4000).default('')

/** What a visit would say of itself, and the rules that it is tried under. */
export const ChannelTrial = z
  .strictObject({
    ...(Object.fromEntries(visitFields.map((field) => [field, said])) as Record<
      (typeof visitFields)[number],
      typeof said
    >),
    rules: rulesField
      .optional()
      .describe("In place of the project's own, such as while they are edited"),
  })
  .meta({ id: 'ChannelTrial' })

const told = z.object({
  value: z.string().nullable(),
  from: z.enum(origins).describe('What says so'),
})

export const ChannelDecision = z
  .object({
    channel: z.string(),
    is_paid: z.boolean(),
    is_direct: z.boolean(),
    decided_by: z
      .enum(deciders)
      .describe(
        '`visit`: it names its channel itself; `rule`: one of the project; `nothing`: no rule fits'
      ),
    rule: z
      .object({
        place: z.number().describe("Among the project's rules, or those of the preset, from 1"),
        channel: z.string(),
        conditions: z.array(ConditionView),
      })
      .nullable(),
    source: told,
    medium: told,
    campaign: z.string().nullable(),
    campaign_id: z.string().nullable(),
    ad: z.string().nullable(),
    keyword: z.string().nullable(),
    landing_page: z.string().nullable(),
    referrer_host: z.string().nullable(),
    click_id_kind: z.string().nullable().describe('The parameter by which a platform marks clicks'),
  })
  .meta({ id: 'ChannelDecision' })
