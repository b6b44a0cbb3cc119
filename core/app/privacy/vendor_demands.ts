import logger from '@adonisjs/core/services/logger'
import {
  cancelOpenRuns,
  deleteIntegration,
  type ComplianceDesk,
  type NamedPerson,
} from '#connections/public'
import { Project } from '#projects/public'
import { audit } from '#shared/audit'
import { Problem } from '#shared/http/problem'
import { createRequest } from './create_request.ts'
import { theOnePerson } from './find_person.ts'
import type PrivacyRequest from './models/privacy_request.ts'
import type { Alias } from './schemas.ts'

function aliasesOf({ integrationId, names }: NamedPerson): Alias[] {
  const { customerIds = [], emails = [], phones = [] } = names
  return [
    ...customerIds.map((value) => ({
      type: 'customer' as const,
      value,
      integration_id: integrationId,
    })),
    ...emails.map((value) => ({ type: 'email' as const, value })),
    ...phones.map((value) => ({ type: 'phone' as const, value })),
  ].filter(({ value }) => value.trim() !== '')
}

async function ask(project: Project, type: PrivacyRequest['type'], alias: Alias): Promise<void> {
  const { timezone, currency } = project
  const person = await theOnePerson({ id: String(project.id), timezone, currency }, alias)
  // Nobody in particular asked: the one who answers for the project stands for the vendor.
  const asked = { projectId: project.id, userId: project.ownerId, type, alias, person }
  await createRequest(asked, (request, trx) =>
    audit(
      null,
      {
        action: `person.${type}_demanded`,
        projectId: project.id,
        target: `privacy_request:${request.id}`,
        details: { alias_type: alias.type },
      },
      trx
    )
  )
}

/** Each identifier on its own: one that stands for nobody in particular does not hold up the others. */
async function askForAll(person: NamedPerson, type: PrivacyRequest['type']): Promise<void> {
  const project = await Project.find(person.projectId)
  if (project === null) return
  for (const alias of aliasesOf(person)) {
    try {
      await ask(project, type, alias)
    } catch (error) {
      if (!(error instanceof Problem)) throw error
      logger.warn({ code: error.code, alias_type: alias.type }, 'a demand names nobody')
    }
  }
}

/** What vendors demand by law, carried out like requests of a user. */
export const vendorDemands: ComplianceDesk = {
  erase: (person) => askForAll(person, 'erasure'),
  export: (person) => askForAll(person, 'export'),
  remove: async (integration) => {
    await cancelOpenRuns(integration)
    await deleteIntegration(integration)
    await audit(null, {
      action: 'integration.removal_demanded',
      projectId: integration.projectId,
      target: `integration:${integration.id}`,
      details: { type: integration.type },
    })
  },
}
