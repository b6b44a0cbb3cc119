import { z } from 'zod'
import { actor, audit } from '#shared/audit'
import { endpoint } from '#shared/http/endpoint'
import { dataOf } from '#shared/http/pagination'
import { invalidField } from '#shared/http/problem'
import { createRequest } from '../create_request.ts'
import { theOnePerson } from '../find_person.ts'
import { Alias, ErasureView } from '../schemas.ts'
import { erasureView } from '../views.ts'
import { requestEndpoints } from './requests.ts'

export const createErasure = endpoint({
  method: 'POST',
  path: '/projects/:project_id/privacy/erasures',
  permission: 'project.manage',
  tag: 'privacy',
  summary: 'Erase a person',
  description:
    'Everything that tells who somebody is goes from every table and file, and does not come back with the next import; amounts and dates stay, so that no total moves. It cannot be undone. Somebody of whom nothing is known yet is kept out from now on.',
  body: z.object({
    alias: Alias,
    confirm: z.string().describe('The value of the identifier, once more'),
  }),
  responses: { 202: dataOf(ErasureView) },
  problems: ['conflict', 'not_found'],
  idempotent: false,
  handle: async ({ ctx, account, project, body, reply }) => {
    if (body.confirm.trim() !== body.alias.value)
      throw invalidField('confirm', 'confirm', 'Repeat the value of the identifier')
    const person = await theOnePerson({ ...project, id: String(project.id) }, body.alias)
    const asked = { projectId: project.id, userId: account.id, type: 'erasure', person } as const
    const created = await createRequest({ ...asked, alias: body.alias }, (request, trx) =>
      audit(
        ctx,
        {
          action: 'person.erasure_requested',
          ...actor(account),
          projectId: project.id,
          target: `privacy_request:${request.id}`,
          details: { alias_type: body.alias.type },
        },
        trx
      )
    )
    return reply(202, { data: erasureView(created) })
  },
})

export const erasures = requestEndpoints({
  type: 'erasure',
  View: ErasureView,
  toView: erasureView,
  summaries: {
    list: 'Erasures, the newest first',
    one: 'One erasure with how far it is',
    retry: 'Try an erasure again that was given up',
  },
})
