/**
 * @analyticaflow/sdk/runtime: what runs a source. The core and the contract kit use it; a connector
 * does not.
 *
 * @packageDocumentation
 */
export {
  keyAuthorizer,
  noCredentials,
  putSecret,
  tokenAuthorizer,
  type Authorizer,
  type Signable,
  type TokenOptions,
  type TokenStore,
} from './authorizer.ts'
export { makeAuthorizer, type AuthorizerOptions } from './make_authorizer.ts'
export { makeBudget, type Budget, type Permit } from './budget.ts'
export { systemClock, type Clock } from './clock.ts'
export { compiled } from './compiled.ts'
export { retryAfter } from './failures.ts'
export { makeHttp, type HttpOptions } from './make_http.ts'
export {
  beginConsent,
  clientCredentials,
  exchangeCode,
  expandUrl,
  renewTokens,
  type Consent,
  type OAuth2,
  type OAuthClient,
  type Tokens,
} from './oauth.ts'
export { serviceAccountTokens } from './service_account.ts'
export { type TokenWorld } from './token_call.ts'
export {
  fetchTransport,
  type Transport,
  type TransportRequest,
  type TransportResponse,
} from './transport.ts'
