import db from '@adonisjs/lucid/services/db'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { readGlobalSettings } from '#shared/global_settings'
import { invalidField, Problem } from '#shared/http/problem'
import type { Role } from '#shared/http/types'
import { invitationDesk } from './invitations.ts'
import User from './models/user.ts'
import { hashPassword } from './passwords.ts'

export interface Registration {
  email: string
  password: string
  fullName: string | undefined
  invitationToken: string | undefined
}

/** Any number that nothing else in this database locks. */
const FIRST_USER_LOCK = 716_201_454

/**
 * Creates a user: the first one of the installation as admin, later ones where registration is open
 * or with an invitation to their address.
 */
export async function registerUser(registration: Registration): Promise<User> {
  // Before the lock: hashing is slow on purpose.
  const passwordHash = await hashPassword(registration.password)
  return db.transaction(async (trx) => {
    // TRICKY: without it two first registrations would both see no user and both become admin.
    await trx.rawQuery('select pg_advisory_xact_lock(?)', [FIRST_USER_LOCK])
    const role = await roleFor(registration, trx)
    if (await User.findBy('email', registration.email, { client: trx })) {
      throw invalidField('email', 'unique', 'This e-mail is registered already')
    }
    const user = await User.create(
      {
        email: registration.email,
        passwordHash,
        fullName: registration.fullName ?? null,
        role,
        locale: 'en',
      },
      { client: trx }
    )
    const { invitationToken } = registration
    if (invitationToken !== undefined) await invitationDesk().accept(invitationToken, user, trx)
    return user
  })
}

/** Whether anybody may register now, and whether that would be the first user. */
export async function registrationState(): Promise<{ open: boolean; first_user: boolean }> {
  const first = (await User.query().first()) === null
  return { open: first || (await readGlobalSettings()).open_registration, first_user: first }
}

async function roleFor(registration: Registration, trx: TransactionClientContract): Promise<Role> {
  const first = await User.query({ client: trx }).first()
  if (first === null) return 'admin'
  const { email, invitationToken } = registration
  if (invitationToken !== undefined) {
    const invited = await invitationDesk().emailOf(invitationToken)
    if (invited === email) return 'marketer'
    throw invalidField(
      'invitation_token',
      'invitation',
      'The invitation has expired, was used, or is for another e-mail'
    )
  }
  const { open_registration: open } = await readGlobalSettings()
  if (!open) throw new Problem('registration_closed', { detail: 'Ask for an invitation' })
  return 'marketer'
}
