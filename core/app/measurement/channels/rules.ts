import db from '@adonisjs/lucid/services/db'
import type { QueryClientContract, TransactionClientContract } from '@adonisjs/lucid/types/database'
import { presetPaid, presetRules, type ChannelRule } from '#warehouse/public'

interface RuleRow {
  channel: string
  conditions: ChannelRule['conditions']
}

interface FlagRow {
  channel: string
  is_paid: boolean
}

/** A project's own rules, in their order. */
export async function channelRules(
  projectId: string,
  client: QueryClientContract = db.connection()
): Promise<ChannelRule[]> {
  const rows = (await client
    .from('channel_rules')
    .where('project_id', projectId)
    .orderBy('position')
    .select('channel', 'conditions')) as RuleRow[]
  return rows.map(({ channel, conditions }) => ({ channel, conditions }))
}

/** Whether each channel costs money: the preset's, as the project has changed it. */
export async function paidFlags(projectId: string): Promise<Map<string, boolean>> {
  const rows = (await db
    .from('channel_flags')
    .where('project_id', projectId)
    .orderBy('channel')
    .select('channel', 'is_paid')) as FlagRow[]
  const known = presetRules.map(({ channel }) => [channel, presetPaid.has(channel)] as const)
  return new Map([...known, ...rows.map((row) => [row.channel, row.is_paid] as const)])
}

/** Channels of a project that cost money per click, view or sale. */
export async function paidChannels(projectId: string): Promise<string[]> {
  const flags = await paidFlags(projectId)
  return [...flags].filter(([, isPaid]) => isPaid).map(([channel]) => channel)
}

/** Replaces the rules and what differs from the preset's flags. */
export async function replaceRules(
  trx: TransactionClientContract,
  projectId: number,
  rules: readonly ChannelRule[],
  flags: ReadonlyMap<string, boolean>
): Promise<void> {
  for (const table of ['channel_rules', 'channel_flags']) {
    await trx.from(table).where('project_id', projectId).delete()
  }
  const ruleRows = rules.map(({ channel, conditions }, position) => ({
    project_id: projectId,
    position,
    channel,
    conditions: JSON.stringify(conditions),
  }))
  const flagRows = [...flags]
    .filter(([channel, isPaid]) => isPaid !== presetPaid.has(channel))
    .map(([channel, isPaid]) => ({ project_id: projectId, channel, is_paid: isPaid }))
  if (ruleRows.length > 0) await trx.table('channel_rules').multiInsert(ruleRows)
  if (flagRows.length > 0) await trx.table('channel_flags').multiInsert(flagRows)
}
