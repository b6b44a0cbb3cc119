/** Google accounts that can sign in at the consent page. What they may see, each service knows. */
export interface GoogleUser {
  email: string
  note: string
}

export const MANAGER = 'marketing@harbour-coffee.example'
export const ANALYST = 'analyst@harbour-coffee.example'
export const STRANGER = 'nobody@mail.example'

export const USERS: readonly GoogleUser[] = [
  { email: MANAGER, note: 'manages all ad accounts' },
  { email: ANALYST, note: 'sees one ad account' },
  { email: STRANGER, note: 'has no ad account' },
]

/** The app that asks for consent, as registered in Google's console. */
export interface OAuthClient {
  id: string
  secret: string
  redirectUris: string[]
}

export const DEFAULT_CLIENT: OAuthClient = {
  id: '728100200300-sandbox.apps.googleusercontent.com',
  secret: 'GOCSPX-sandbox-client-secret',
  redirectUris: [],
}

const LOOPBACK = /^http:\/\/(localhost|127\.0\.0\.1|\[::1\])(:\d+)?\//

/** Registered addresses; for development any on the own machine. */
export const mayRedirect = ({ redirectUris }: OAuthClient, uri: string): boolean =>
  redirectUris.includes(uri) || (redirectUris.length === 0 && LOOPBACK.test(uri))
