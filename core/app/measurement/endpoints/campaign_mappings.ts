import { actor, audit } from '#shared/audit'
import { empty, endpoint } from '#shared/http/endpoint'
import {
  dataOf,
  decodeCursor,
  idPosition,
  listOf,
  pageOf,
  pageQuery,
} from '#shared/http/pagination'
import { Problem } from '#shared/http/problem'
import { parseId } from '#shared/ids'
import { addMapping, campaignMappings, removeMapping } from '../campaigns/mappings.ts'
import { MappingBody, mappingOf, MappingView, mappingView } from '../campaigns/schemas.ts'

const path = '/projects/:project_id/campaign_mappings'

export const indexMappings = endpoint({
  method: 'GET',
  path,
  permission: 'project.read',
  tag: 'measurement',
  summary: 'Which campaigns are meant where names and ids do not match',
  query: pageQuery,
  responses: { 200: listOf(MappingView) },
  handle: async ({ project, query, reply }) => {
    const after = decodeCursor(idPosition, query.cursor) ?? 0
    const mappings = await campaignMappings(project.id, { after, limit: query.limit + 1 })
    return reply(
      200,
      pageOf(mappings, query.limit, mappingView, ({ id }) => id)
    )
  },
})

export const createMapping = endpoint({
  method: 'POST',
  path,
  permission: 'project.write',
  tag: 'measurement',
  summary: 'Say which campaign is meant',
  description:
    'For visits whose campaign matches no ad campaign by its id or its cleaned name. Reports follow at once.',
  body: MappingBody,
  responses: { 201: dataOf(MappingView) },
  problems: ['conflict'],
  handle: async ({ ctx, account, project, body, reply }) => {
    const mapping = await addMapping(project.id, mappingOf(body))
    if (!mapping) throw new Problem('conflict', { detail: 'There is a mapping of this already' })
    const target = `campaign_mapping:${mapping.id}`
    const action = 'campaign_mapping.created'
    await audit(ctx, { action, ...actor(account), projectId: project.id, target })
    return reply(201, { data: mappingView(mapping) })
  },
})

export const deleteMapping = endpoint({
  method: 'DELETE',
  path: `${path}/:mapping_id`,
  permission: 'project.write',
  tag: 'measurement',
  summary: 'Forget a mapping',
  responses: { 204: empty },
  problems: ['not_found'],
  handle: async ({ ctx, account, project, params, reply }) => {
    const id = parseId(params.mapping_id)
    if (id === null || !(await removeMapping(project.id, id))) throw new Problem('not_found')
    const action = 'campaign_mapping.deleted'
    const target = `campaign_mapping:${id}`
    await audit(ctx, { action, ...actor(account), projectId: project.id, target })
    return reply(204)
  },
})
