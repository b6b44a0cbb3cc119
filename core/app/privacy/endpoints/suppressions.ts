import { z } from 'zod'
import { actor, audit } from '#shared/audit'
import { endpoint } from '#shared/http/endpoint'
import { dataOf } from '#shared/http/pagination'
import { invalidField } from '#shared/http/problem'
import { theOnePerson } from '../find_person.ts'
import { liftSuppression } from '../lift_suppression.ts'
import { LiftableAlias } from '../schemas.ts'

export const liftSuppressionEndpoint = endpoint({
  method: 'POST',
  path: '/projects/:project_id/privacy/suppressions/lift',
  permission: 'project.manage',
  tag: 'privacy',
  summary: 'Let an erased identifier come in again',
  description:
    'For somebody who is a customer again and wants to be known as one. Rows that come from now on and carry the identifier are of them; what was erased stays anonymous, so that nothing counts twice. Each identifier is lifted by itself.',
  body: z.object({
    alias: LiftableAlias,
    confirm: z.string().describe('The value of the identifier, once more'),
  }),
  responses: {
    200: dataOf(z.object({ lifted: z.boolean().describe('False: it was not suppressed') })),
  },
  problems: ['conflict', 'not_found'],
  idempotent: false,
  handle: async ({ ctx, account, project, body, reply }) => {
    if (body.confirm.trim() !== body.alias.value)
      throw invalidField('confirm', 'confirm', 'Repeat the value of the identifier')
    const { hash } = await theOnePerson({ ...project, id: String(project.id) }, body.alias)
    const lifted = await liftSuppression(String(project.id), hash)
    const details = { alias_type: body.alias.type, lifted }
    await audit(ctx, {
      action: 'person.suppression_lifted',
      ...actor(account),
      projectId: project.id,
      details,
    })
    return reply(200, { data: { lifted } })
  },
})
