import { bearer, header, type Asked } from '../http/exchange.ts'
import type { GoogleIdentity } from '../google-identity/index.ts'
import { DIRECT, treeOf, type Account } from './accounts.ts'
import { adsError, foreignToken, missingCredentials, missingScope } from './errors.ts'

export const SCOPE = 'https://www.googleapis.com/auth/adwords'

export interface Call {
  version: number
  requestId: string
}

const MESSAGES = {
  expired: ['OAUTH_TOKEN_EXPIRED', 'OAuth token in the header has expired.'],
  revoked: ['OAUTH_TOKEN_REVOKED', 'OAuth token in the header has been revoked.'],
} as const

/** Who asks. @throws GoogleFailure */
export function userOf(asked: Asked, call: Call, identity: GoogleIdentity): string {
  const token = bearer(asked)
  if (token === undefined) throw missingCredentials()
  const verdict = identity.verify(token)
  if (verdict.outcome === 'invalid') throw foreignToken()
  if (verdict.outcome !== 'valid') {
    const [code, text] = MESSAGES[verdict.outcome]
    throw adsError(call, 401, { authenticationError: code }, text)
  }
  if (!verdict.grant.scopes.includes(SCOPE)) throw missingScope()
  return verdict.grant.user
}

/** Accounts that a user reaches without going through a manager. @throws GoogleFailure */
export function directAccounts(user: string, call: Call): readonly string[] {
  const own = DIRECT[user]
  if (own !== undefined) return own
  throw adsError(
    call,
    401,
    { authenticationError: 'NOT_ADS_USER' },
    'The Google account that generated the OAuth access token is not associated with a Google Ads account. Create a new account, or add the Google account to an existing Google Ads account.'
  )
}

function loginOf(asked: Asked, call: Call): string | undefined {
  const login = header(asked, 'login-customer-id')
  if (login === undefined || /^\d{10}$/.test(login)) return login
  throw adsError(
    call,
    400,
    { headerError: 'INVALID_LOGIN_CUSTOMER_ID' },
    `The login customer ID '${login}' is invalid.`
  )
}

const denied = (call: Call) =>
  adsError(
    call,
    403,
    { authorizationError: 'USER_PERMISSION_DENIED' },
    "User doesn't have permission to access customer. Note: If you're accessing a client customer, the manager's customer id must be set in the 'login-customer-id' header. See https://developers.google.com/google-ads/api/docs/concepts/call-structure#cid"
  )

/** The account that is asked about, where this user may. @throws GoogleFailure */
export function accountFor(
  asked: Asked,
  call: Call,
  user: string,
  id: string,
  accounts: readonly Account[]
): Account {
  if (!/^\d+$/.test(id)) {
    throw adsError(
      call,
      400,
      { requestError: 'INVALID_CUSTOMER_ID' },
      `Invalid customer ID '${id}'.`
    )
  }
  const account = accounts.find((one) => one.id === id)
  if (account === undefined) {
    const text = 'No customer found for the provided customer id.'
    throw adsError(call, 401, { authenticationError: 'CUSTOMER_NOT_FOUND' }, text)
  }
  const login = loginOf(asked, call) ?? id
  const root = accounts.find((one) => one.id === login)
  const isBelow = root !== undefined && treeOf(root, accounts).some(([one]) => one.id === id)
  if (!isBelow || !directAccounts(user, call).includes(login)) throw denied(call)
  if (account.status !== 'ENABLED') {
    throw adsError(
      call,
      403,
      { authorizationError: 'CUSTOMER_NOT_ENABLED' },
      "The customer account can't be accessed because it is not yet enabled or has been deactivated."
    )
  }
  return account
}
