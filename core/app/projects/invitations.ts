import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { DateTime } from 'luxon'
import type { InvitationDesk, User } from '#accounts/public'
import { Problem } from '#shared/http/problem'
import { hashToken, randomToken } from '#shared/secret_tokens'
import { addMember } from './members.ts'
import Invitation from './models/invitation.ts'
import type { PermissionLevel } from './permissions.ts'

const LIFETIME_DAYS = 7

/** Makes an invitation; its token is told once, here, and stored as a hash. */
export async function invite(
  offer: { projectId: number; email: string; permissionLevel: PermissionLevel; invitedBy: number },
  trx: TransactionClientContract
): Promise<{ invitation: Invitation; token: string }> {
  const token = randomToken()
  const invitation = await Invitation.create(
    {
      ...offer,
      tokenHash: hashToken(token),
      expiresAt: DateTime.utc().plus({ days: LIFETIME_DAYS }),
    },
    { client: trx }
  )
  return { invitation, token }
}

function living(token: string, client?: TransactionClientContract) {
  return Invitation.query(client === undefined ? {} : { client })
    .where('token_hash', hashToken(token))
    .whereNull('accepted_at')
    .where('expires_at', '>', new Date())
}

/** Makes the user a member of the project they were invited to, once. */
export async function acceptInvitation(
  token: string,
  user: { id: number; email: string },
  trx: TransactionClientContract
): Promise<Invitation> {
  const invitation = await living(token, trx).forUpdate().first()
  if (invitation === null) {
    throw new Problem('not_found', { detail: 'The invitation has expired or was used' })
  }
  if (invitation.email !== user.email) {
    throw new Problem('forbidden', { detail: 'The invitation is for another e-mail address' })
  }
  await addMember(invitation.projectId, user.id, invitation.permissionLevel, trx)
  await invitation.merge({ acceptedAt: DateTime.utc() }).useTransaction(trx).save()
  return invitation
}

/** What registration asks of this domain. */
export const invitationDesk: InvitationDesk = {
  async emailOf(token) {
    return (await living(token).first())?.email ?? null
  },
  async accept(token: string, user: User, trx) {
    await acceptInvitation(token, user, trx)
  },
}
