import { endpoint } from '#shared/http/endpoint'
import { dataOf } from '#shared/http/pagination'
import { checkPatterns } from '../channels/check_rules.ts'
import { explainChannel } from '../channels/decide.ts'
import { channelRules, paidFlags } from '../channels/rules.ts'
import { ChannelDecision, ChannelTrial } from '../channels/schemas.ts'

export const tryChannel = endpoint({
  method: 'POST',
  path: '/projects/:project_id/channel_rules/try',
  permission: 'project.read',
  tag: 'measurement',
  summary: 'Which channel a visit would get, and what decides so',
  description:
    'Give what the visit would say: mostly its landing page and its referrer. Nothing is stored. With `rules`, as if these were the rules of the project.',
  body: ChannelTrial,
  responses: { 200: dataOf(ChannelDecision) },
  problems: ['unavailable'],
  idempotent: false,
  handle: async ({ project, body, reply }) => {
    const { rules: drafted, ...visit } = body
    if (drafted) await checkPatterns({ rules: drafted })
    const id = String(project.id)
    const [rules, flags] = await Promise.all([drafted ?? channelRules(id), paidFlags(id)])
    return reply(200, { data: await explainChannel(visit, rules, flags) })
  },
})
