import { projectSalt } from '#identity/public'
import { refreshSettings } from '#ingestion/public'
import { Problem } from '#shared/http/problem'
import {
  findAlias,
  publishedVersion,
  summarisePerson,
  type FoundAlias,
  type PersonRequest,
} from '#warehouse/public'
import type { Alias } from './schemas.ts'

interface Place {
  id: string
  timezone: string
  currency: string
}

/** The project as it stands, for questions about people; `requestId` names what is noted on the way. */
export async function scopeOf(project: Place, requestId = '0'): Promise<PersonRequest> {
  return {
    requestId,
    version: await publishedVersion(project.id),
    settings: await refreshSettings(project),
    salt: await projectSalt(project.id),
  }
}

/** What an identifier may mean: nobody, somebody, or of a vendor's number somebody in each source. */
export async function findPeople(project: Place, alias: Alias): Promise<FoundAlias[]> {
  const scope = await scopeOf(project)
  const asked = {
    type: alias.type,
    value: alias.value,
    ...(alias.integration_id !== undefined && { integrationId: alias.integration_id }),
  }
  return findAlias(scope, asked)
}

export async function describePerson(project: Place, found: FoundAlias) {
  const { identifiers, documents, touches } = await summarisePerson(await scopeOf(project), found)
  return {
    person_id: found.personKey,
    is_shared: found.isShared,
    integration_ids: found.integrationIds,
    identifiers: identifiers.map(({ type, value, isShared }) => ({
      type,
      value: value === '' ? null : value,
      is_shared: isShared,
    })),
    documents,
    touches,
  }
}

const SHARED =
  'So many people share this identifier that it says nothing of anybody. Name the person by another one.'

/**
 * The one person that an identifier means.
 *
 * @throws Problem a 409 where it means nobody in particular, or several
 */
export async function theOnePerson(project: Place, alias: Alias): Promise<FoundAlias> {
  const found = await findPeople(project, alias)
  const known = found.filter(({ isKnown }) => isKnown)
  if (known.length > 1) {
    const sources = known.flatMap(({ integrationIds }) => integrationIds)
    throw new Problem('conflict', {
      detail: `Several sources know one of this number: name the integration, one of ${sources.join(', ')}`,
    })
  }
  const [person] = known.length === 1 ? known : found
  if (person === undefined)
    throw new Problem('not_found', { detail: 'There is no such integration' })
  if (person.isShared) throw new Problem('conflict', { detail: SHARED })
  return person
}
