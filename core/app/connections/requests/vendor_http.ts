import type { Context, Http } from '@analyticaflow/sdk'
import {
  makeAuthorizer,
  makeHttp,
  systemClock,
  type Authorizer,
  type Clock,
  type TokenStore,
} from '@analyticaflow/sdk/runtime'
import { outboundTransport } from '#shared/outbound/guarded_transport'
import { applicationOf } from '../auth/applications.ts'
import { chosenAuth } from '../auth/chosen_auth.ts'
import { ConnectionTokens, type TokenOwner } from '../auth/token_store.ts'
import type { Source } from '../registry/load.ts'
import { SharedBudget } from './shared_budget.ts'

export interface VendorHttpInput {
  source: Source
  /** Settings and secrets, parsed. */
  config: Record<string, unknown>
  /** Absent while it is not saved: tokens and limits are of this call alone. */
  connection?: TokenOwner | undefined
  signal: AbortSignal
  log: Context['log']
  now?: (() => Date) | undefined
  /** Is told secrets that come by, to keep them out of logs. */
  seen: (secrets: unknown) => void
  /** The longest wait that is slept. */
  patienceMs?: number | undefined
}

/** Tokens of a connection that is not saved: a consent needs one that is. */
function passingTokens(): TokenStore {
  let known: Awaited<ReturnType<TokenStore['load']>>
  return {
    load: () => Promise.resolve(known),
    update: async (change) => (known = await change(known)),
  }
}

function clockOf(now: VendorHttpInput['now']): Clock {
  return now === undefined ? systemClock : { ...systemClock, now }
}

/** Credentials of a connection, as its settings choose them. */
export function authorizerOf(input: VendorHttpInput): Authorizer {
  const { source, config, connection, signal, now, seen } = input
  const auth = chosenAuth(source, config)
  const application = auth.kind === 'oauth2' ? applicationOf(source, auth) : undefined
  if (application !== undefined) seen(application.clientSecret)
  const isRenewedAhead = auth.kind === 'oauth2' && auth.grant !== 'client_credentials'
  const store =
    connection === undefined
      ? passingTokens()
      : new ConnectionTokens(connection, { isRenewedAhead }, seen)
  return makeAuthorizer({
    auth,
    config,
    store,
    application,
    world: { transport: outboundTransport, clock: clockOf(now), signal, title: source.title },
  })
}

/** Only whoever sends a request needs credentials. */
function whenNeeded(make: () => Authorizer): Authorizer {
  let made: Authorizer | undefined
  const get = () => (made ??= make())
  return {
    apply: async (request) => get().apply(request),
    refresh: async (used) => get().refresh(used),
  }
}

function budgetOf({ source, config, connection }: VendorHttpInput) {
  if (connection === undefined || source.http === undefined) return undefined
  const auth = chosenAuth(source, config)
  const application = (auth.kind === 'oauth2' ? auth.application : undefined) ?? source.id
  return new SharedBudget(source.http.limit, {
    connection: `connection:${connection.integrationId}`,
    app: `app:${application}`,
  })
}

/** The client that a source asks its vendor with: guarded, signed, within the vendor's limits. */
export function vendorHttp(input: VendorHttpInput): Http {
  const { source, config, signal, log, now, patienceMs } = input
  const budget = budgetOf(input)
  return makeHttp({
    source,
    config,
    transport: outboundTransport,
    authorizer: whenNeeded(() => authorizerOf(input)),
    clock: clockOf(now),
    signal,
    log,
    ...(budget !== undefined && { budget }),
    ...(patienceMs !== undefined && { patienceMs }),
  })
}
