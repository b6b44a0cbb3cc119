/**
 * Invitations travel in the fragment of a link: browsers keep it to themselves, so the token
 * appears in no log on the way.
 */
export interface Invitation {
  token: string
  email: string
}

export function invitationLink({ token, email }: Invitation): string {
  const parameters = new URLSearchParams({ invitation: token, email })
  return `${window.location.origin}/sign-up#${parameters}`
}

export function readInvitation(hash: string): Invitation | null {
  const parameters = new URLSearchParams(hash.replace(/^#/, ''))
  const token = parameters.get('invitation')
  return token === null ? null : { token, email: parameters.get('email') ?? '' }
}
