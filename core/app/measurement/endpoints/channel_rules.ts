import { isDeepStrictEqual } from 'node:util'
import db from '@adonisjs/lucid/services/db'
import type { z } from 'zod'
import { actor, audit } from '#shared/audit'
import { endpoint } from '#shared/http/endpoint'
import { dataOf } from '#shared/http/pagination'
import { isQueued, rebuildKey } from '#shared/jobs'
import { presetRules, type ChannelRule } from '#warehouse/public'
import { checkPatterns, flagsOf } from '../channels/check_rules.ts'
import { asRule } from '../channels/preset.ts'
import { channelRules, paidFlags, replaceRules } from '../channels/rules.ts'
import { ChannelRulesBody, ChannelRulesView } from '../channels/schemas.ts'
import { channelRulesChanged } from '../measurement_hooks.ts'

async function view(projectId: number): Promise<z.input<typeof ChannelRulesView>> {
  const id = String(projectId)
  const [rules, flags, waits] = await Promise.all([
    channelRules(id),
    paidFlags(id),
    isQueued(rebuildKey(id)),
  ])
  const shown = ({ channel, conditions }: ChannelRule) => ({
    channel,
    conditions: conditions.map(({ values, ...rest }) => ({ ...rest, values: [...values] })),
    is_paid: flags.get(channel) ?? false,
  })
  const names = new Set([...rules.map(({ channel }) => channel), ...flags.keys()])
  return {
    rules: rules.map(shown),
    preset: presetRules.map(asRule).map(shown),
    channels: [...names].map((channel) => ({ channel, is_paid: flags.get(channel) ?? false })),
    is_settled: !waits,
  }
}

const path = '/projects/:project_id/channel_rules'

export const showChannelRules = endpoint({
  method: 'GET',
  path,
  permission: 'project.read',
  tag: 'measurement',
  summary: 'How visits, orders and ads are given their channel',
  responses: { 200: dataOf(ChannelRulesView) },
  handle: async ({ project, reply }) => reply(200, { data: await view(project.id) }),
})

export const replaceChannelRules = endpoint({
  method: 'PUT',
  path,
  permission: 'project.write',
  tag: 'measurement',
  summary: "Replace the project's channel rules",
  description:
    'The first rule whose conditions all hold names the channel; where none does, the preset follows. Other rules have all of history named anew; until that is done, reports show the former channels, and `is_settled` is false.',
  body: ChannelRulesBody,
  responses: { 200: dataOf(ChannelRulesView) },
  problems: ['unavailable'],
  handle: async ({ ctx, account, project, body, reply }) => {
    const flags = flagsOf(body)
    await checkPatterns(body)
    const rules = body.rules.map(({ channel, conditions }) => ({ channel, conditions }))
    await db.transaction(async (trx) => {
      await trx.from('projects').where('id', project.id).forUpdate().select('id')
      const before = await channelRules(String(project.id), trx)
      await replaceRules(trx, project.id, rules, flags)
      if (!isDeepStrictEqual(before, rules)) await channelRulesChanged(project.id, trx)
      const details = { rules: rules.length }
      const action = 'channel_rules.updated'
      await audit(ctx, { action, ...actor(account), projectId: project.id, details }, trx)
    })
    return reply(200, { data: await view(project.id) })
  },
})
