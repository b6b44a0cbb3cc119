import { z } from 'zod'
import { endpoint } from '#shared/http/endpoint'
import { dataOf, listOf } from '#shared/http/pagination'
import { publishedVersion } from '#warehouse/public'
import { explainPerson } from '../persons.ts'
import { findAliases } from '../queries/find_aliases.ts'
import { personsOf } from '../queries/known_documents.ts'
import { findQuery, FoundPersonView, nodeView, PersonView } from '../schemas.ts'

const path = '/projects/:project_id/persons'

export const findPersons = endpoint({
  method: 'GET',
  path,
  permission: 'project.read',
  tag: 'identity',
  summary: 'Find a person by an identifier, or by a document of theirs',
  description:
    'Several are found where integrations use one id for different things. An identifier that joins nobody is its own person.',
  query: findQuery,
  responses: { 200: listOf(FoundPersonView) },
  handle: async ({ project, query, reply }) => {
    const version = await publishedVersion(String(project.id))
    const found = await findAliases(version, query.alias_type, query.alias_value)
    const persons = await personsOf(
      version,
      found.map(({ key }) => BigInt(key))
    )
    const data = found.map((alias) => {
      const key = BigInt(alias.key)
      const person = persons.get(key)?.person ?? key
      return { person_id: String(person), matched: nodeView(key, { ...alias, key }) }
    })
    return reply(200, { data, next_cursor: null })
  },
})

export const showPerson = endpoint({
  method: 'GET',
  path: `${path}/:person_id`,
  permission: 'project.read',
  tag: 'identity',
  summary: 'One person: identifiers, and what makes them one person’s',
  description:
    'Any identifier or document of the person will do as id, so the id of somebody who was merged with another still leads there. `from` and `to` ask for the chain between two of them: an `alias_id`, or `type:value`.',
  query: z
    .object({ from: z.string().max(600).optional(), to: z.string().max(600).optional() })
    .refine(({ from, to }) => (from === undefined) === (to === undefined), {
      path: ['to'],
      message: 'A chain has two ends: give both `from` and `to`, or none',
    }),
  responses: { 200: dataOf(PersonView) },
  problems: ['not_found'],
  handle: async ({ project, params, query: { from, to }, reply }) => {
    const version = await publishedVersion(String(project.id))
    const ends = from !== undefined && to !== undefined ? { from, to } : undefined
    return reply(200, { data: await explainPerson(version, params.person_id, ends) })
  },
})
