import { randomInt } from 'node:crypto'
import db from '@adonisjs/lucid/services/db'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import type { FoundAlias } from '#warehouse/public'
import PrivacyRequest from './models/privacy_request.ts'
import { queueRequest } from './requests.ts'
import type { Alias } from './schemas.ts'

const TOKEN_DIGITS = 30

/**
 * Digits, so that it says something as a phone number too, and more of them than any phone has; nothing in
 * it is of the person.
 */
function randomToken(): string {
  const digits = Array.from({ length: TOKEN_DIGITS }, () => randomInt(10))
  return `erased-${digits.join('')}`
}

interface Asked {
  projectId: number
  userId: number
  type: PrivacyRequest['type']
  alias: Alias
  person: FoundAlias
}

/** A request and the job that carries it out: both, or nothing. */
export function createRequest(
  { projectId, userId, type, alias, person }: Asked,
  afterwards: (created: PrivacyRequest, trx: TransactionClientContract) => Promise<void>
): Promise<PrivacyRequest> {
  return db.transaction(async (trx) => {
    const created = await PrivacyRequest.create(
      {
        projectId,
        requestedBy: userId,
        type,
        status: 'queued',
        step: 'requested',
        aliasType: alias.type,
        aliasKey: person.key,
        aliasHash: person.hash === '' ? null : person.hash,
        token: type === 'erasure' ? randomToken() : null,
      },
      { client: trx }
    )
    await created.refresh()
    await queueRequest(created, trx)
    await afterwards(created, trx)
    return created
  })
}
