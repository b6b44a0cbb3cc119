import { z } from 'zod'
import { endpoint } from '#shared/http/endpoint'
import { describePerson, findPeople } from '../find_person.ts'
import { Alias, PersonView } from '../schemas.ts'

export const findPersonEndpoint = endpoint({
  method: 'POST',
  path: '/projects/:project_id/privacy/people',
  permission: 'project.manage',
  tag: 'privacy',
  summary: 'Who an identifier is',
  description:
    'All that is known to belong to the person, in numbers: what an export would hold and an erasure would remove. A vendor’s number may mean somebody in each source.',
  body: z.object({ alias: Alias }),
  responses: { 200: z.object({ data: z.array(PersonView) }) },
  // The answer names a person, so it is not kept for a repetition.
  idempotent: false,
  handle: async ({ project, body, reply }) => {
    const place = { ...project, id: String(project.id) }
    const known = (await findPeople(place, body.alias)).filter(({ isKnown }) => isKnown)
    const data = []
    for (const person of known) data.push(await describePerson(place, person))
    return reply(200, { data })
  },
})
