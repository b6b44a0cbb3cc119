import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import type User from './models/user.ts'

/** What registration needs of invitations, which belong to projects (a domain above this one). */
export interface InvitationDesk {
  /** The address a living invitation was sent to, `null` for a token that opens nothing. */
  emailOf(token: string): Promise<string | null>
  /** Makes the user a member, in the transaction that creates the user. */
  accept(token: string, user: User, trx: TransactionClientContract): Promise<void>
}

let desk: InvitationDesk | undefined

export function useInvitationDesk(provided: InvitationDesk): void {
  desk = provided
}

export function invitationDesk(): InvitationDesk {
  if (desk === undefined) throw new Error('No invitation desk is registered')
  return desk
}
