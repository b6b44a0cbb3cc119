import type { ChannelRule, PresetRule } from '#warehouse/public'

/** A rule of the preset in the words of a project's own. */
export function asRule({ channel, ...patterns }: PresetRule): ChannelRule {
  const conditions = (['source', 'medium', 'campaign'] as const).flatMap((field) => {
    const pattern = patterns[field]
    return pattern === undefined ? [] : [{ field, op: 'matches' as const, values: [pattern] }]
  })
  return { channel, conditions }
}
