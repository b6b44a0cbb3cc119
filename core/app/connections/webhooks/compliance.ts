import logger from '@adonisjs/core/services/logger'
import type { Compliance, PersonNames } from '@analyticaflow/sdk'
import type Integration from '../models/integration.ts'
import type { Source } from '../registry/load.ts'
import { endDeliveries, waitingDeliveries, type Delivery } from './inbox.ts'

/** By what a person is to be found; numbers of customers are those of the integration. */
export interface NamedPerson {
  projectId: number
  integrationId: string
  names: PersonNames
}

/** Who carries out what vendors demand by law; the domains above bring it. */
export interface ComplianceDesk {
  erase(person: NamedPerson): Promise<void>
  export(person: NamedPerson): Promise<void>
  remove(integration: Integration): Promise<void>
}

let desk: ComplianceDesk | undefined

export function useComplianceDesk(provided: ComplianceDesk): void {
  desk = provided
}

function deskOf(): ComplianceDesk {
  if (desk === undefined) throw new Error('Nobody has said how demands of vendors are carried out')
  return desk
}

function bodyOf({ body }: Delivery): Record<string, unknown> {
  const parsed: unknown = JSON.parse(body.toString('utf8'))
  if (typeof parsed === 'object' && parsed !== null) return parsed as Record<string, unknown>
  throw new SyntaxError('The body is no object')
}

async function carryOut(
  integration: Integration,
  demand: Compliance,
  delivery: Delivery
): Promise<void> {
  if (demand.kind === 'remove') return deskOf().remove(integration)
  const { projectId, id: integrationId } = integration
  const person = { projectId, integrationId, names: demand.person(bodyOf(delivery)) }
  await deskOf()[demand.kind](person)
}

const ATTEMPTS = 'It could not be carried out. The log of the worker names the reason.'

/** Carries out what the vendor demands; a demand that cannot be understood is set aside. */
export async function carryOutDemands(integration: Integration, source: Source): Promise<void> {
  const demands = source.webhooks?.compliance ?? {}
  const waiting = await waitingDeliveries(integration.id, Object.keys(demands), 100)
  for (const delivery of waiting) {
    const demand = demands[delivery.topic]
    if (demand === undefined) continue
    try {
      await carryOut(integration, demand, delivery)
      await endDeliveries([delivery.id], 'done')
    } catch (error) {
      // What the vendor sent is personal: the log has the reason only.
      const isUnreadable = error instanceof SyntaxError || error instanceof TypeError
      logger.error({ err: error, delivery_id: delivery.id }, 'a demand of a vendor failed')
      if (!isUnreadable) throw error
      await endDeliveries([delivery.id], 'failed', ATTEMPTS)
    }
  }
}
