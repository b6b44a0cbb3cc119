import { z } from 'zod'
import { endpoint } from '#shared/http/endpoint'
import { pageQuery } from '#shared/http/pagination'
import { buildTimeline, personKey } from './build.ts'
import { PersonTimeline } from './schemas.ts'

export const showPersonTimeline = endpoint({
  method: 'GET',
  path: '/projects/:project_id/journeys/:person_id',
  permission: 'project.read',
  tag: 'reports',
  summary: 'What happened to one person, in order of time',
  description:
    'Touches, orders, refunds, deals, leads and events. Identifiers themselves are not shown, only of which types there are how many. The id of a person who was merged into another one leads to that one.',
  query: pageQuery.extend({
    order: z.enum(['asc', 'desc']).default('asc').describe('`desc`: the newest first'),
  }),
  responses: { 200: PersonTimeline },
  handle: async ({ project, params, query, reply }) =>
    reply(200, await buildTimeline(personKey(params.person_id), query, project)),
})
