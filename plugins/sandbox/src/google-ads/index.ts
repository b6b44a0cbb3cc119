import { randomBytes } from 'node:crypto'
import { bearer, json, type Answer, type Asked } from '../http/exchange.ts'
import type { GoogleIdentity } from '../google-identity/index.ts'
import type { Refusal, Stage, Vendor } from '../vendor.ts'
import type { Advertiser } from '../world/ad_days.ts'
import { zoneOf } from '../world/calendar.ts'
import { campaignsOf, type Campaign } from '../world/campaigns.ts'
import { accountFor, directAccounts, userOf, type Call } from './access.ts'
import { ACCOUNTS, SHOP_ID, treeOf, TRIAL_ID, type Account } from './accounts.ts'
import { actionsOf, type State } from './actions.ts'
import { Book } from './book.ts'
import { adsError, backendError, GoogleFailure, missingScope, noSuchPage } from './errors.ts'
import type { Source } from './gaql/execute.ts'
import { Quota } from './quota.ts'
import { search, searchStream } from './search.ts'
import { dailyTruth } from './truth.ts'
import { isSunset, VERSIONS } from './versions.ts'

export const ID = 'google-ads'

const ROUTES: [endpoint: string, method: string, pattern: RegExp][] = [
  ['listAccessibleCustomers', 'GET', /^\/v(\d+)\/customers:listAccessibleCustomers$/],
  ['search', 'POST', /^\/v(\d+)\/customers\/([^/]+)\/googleAds:search$/],
  ['searchStream', 'POST', /^\/v(\d+)\/customers\/([^/]+)\/googleAds:searchStream$/],
]

interface Route {
  endpoint: string
  version: number
  customerId: string
}

function routeOf({ method, path }: Asked): Route | undefined {
  for (const [endpoint, verb, pattern] of ROUTES) {
    const [, version, customerId = ''] = pattern.exec(path) ?? []
    if (verb === method && version !== undefined)
      return { endpoint, version: Number(version), customerId }
  }
  return undefined
}

/** A campaign abroad whose clicks nobody follows to an order. */
function trialCampaign(): Campaign[] {
  const [, model] = campaignsOf(2)
  if (model === undefined) return []
  const groups = model.groups.map((group) => ({
    ...group,
    id: group.id + 900_000_000,
    ads: group.ads.map((ad) => ({ ...ad, id: ad.id + 90_000_000_000 })),
  }))
  return [{ ...model, id: 20_300_000_019, name: 'Search | US trial', groups }]
}

function booksOf({ world }: Stage): Map<string, Book> {
  const { campaigns, firstDay, zone } = world
  const { seed } = world.options
  const shop: Advertiser = {
    seed,
    zone,
    firstDay,
    campaigns,
    clicksOn: (day) => world.clicksOn(day),
    claimsOn: (day) => world.claimsOn(day),
  }
  const abroad = zoneOf('America/New_York')
  const nobody = { clicksOn: () => [], claimsOn: () => [] }
  const trial: Advertiser = {
    ...nobody,
    seed: seed + 1,
    zone: abroad,
    firstDay,
    campaigns: trialCampaign(),
  }
  return new Map([
    [SHOP_ID, new Book(shop)],
    [TRIAL_ID, new Book(trial)],
  ])
}

class AdsApi {
  readonly state: State
  readonly #stage: Stage
  readonly #identity: GoogleIdentity
  readonly #now: () => number

  constructor(stage: Stage, identity: GoogleIdentity) {
    this.#stage = stage
    this.#identity = identity
    this.state = { accounts: [...ACCOUNTS], books: booksOf(stage), quota: new Quota() }
    const clock = stage.clockOf(ID)
    this.#now = () => clock.now()
  }

  answer(asked: Asked): Answer {
    const route = routeOf(asked)
    if (route === undefined || VERSIONS[route.version] === undefined) return noSuchPage(asked.path)
    const call = { version: route.version, requestId: randomBytes(16).toString('base64url') }
    try {
      const { headers, ...answer } = this.#served(asked, route, call)
      return { ...answer, headers: { ...headers, 'request-id': call.requestId } }
    } catch (error) {
      if (!(error instanceof GoogleFailure)) throw error
      return error.toAnswer(route.endpoint === 'searchStream')
    }
  }

  /** @throws GoogleFailure */
  #served(asked: Asked, route: Route, call: Call): Answer {
    if (isSunset(route.version, this.#now())) {
      const text = `Version v${route.version} is deprecated. Requests to this version will be blocked.`
      throw adsError(call, 400, { requestError: 'UNSUPPORTED_VERSION' }, text)
    }
    const user = userOf(asked, call, this.#identity)
    if (route.endpoint === 'listAccessibleCustomers') {
      const own = directAccounts(user, call)
      return json(200, { resourceNames: own.map((id) => `customers/${id}`) })
    }
    directAccounts(user, call)
    const account = accountFor(asked, call, user, route.customerId, this.state.accounts)
    this.#count(asked, account, call)
    const source = this.#source(account)
    return route.endpoint === 'search'
      ? search(asked, source, call, this.#stage.sealer)
      : searchStream(asked, source, call)
  }

  #source(account: Account): Source {
    const book = this.state.books.get(account.id) ?? null
    const now = this.#now()
    const today = zoneOf(account.timeZone).dayAt(now)
    return { account, tree: treeOf(account, this.state.accounts), book, today, now }
  }

  /** Later pages of a query are not counted as operations. */
  #count(asked: Asked, account: Account, call: Call): void {
    const wait = this.state.quota.tooFast(account.id)
    if (wait > 0) throw tooMany(call, 'RESOURCE_TEMPORARILY_EXHAUSTED', 'ACCOUNT', wait)
    if (asked.body.includes('"pageToken"')) return
    const rest = this.state.quota.spend(this.#now())
    if (rest > 0) throw tooMany(call, 'RESOURCE_EXHAUSTED', 'DEVELOPER', rest)
  }

  refuse(refusal: Refusal, asked: Asked): Answer {
    const route = routeOf(asked)
    const call = { version: route?.version ?? 26, requestId: randomBytes(16).toString('base64url') }
    const failures: Record<Refusal, () => GoogleFailure> = {
      rate_limit: () => tooMany(call, 'RESOURCE_TEMPORARILY_EXHAUSTED', 'ACCOUNT', 5),
      quota: () => tooMany(call, 'RESOURCE_EXHAUSTED', 'DEVELOPER', 3600),
      server_error: () => backendError(500),
      unavailable: () => backendError(503),
      missing_scope: missingScope,
      expired_token: () => {
        this.#identity.expire(bearer(asked) ?? '')
        const text = 'OAuth token in the header has expired.'
        return adsError(call, 401, { authenticationError: 'OAUTH_TOKEN_EXPIRED' }, text)
      },
    }
    return failures[refusal]().toAnswer(route?.endpoint === 'searchStream')
  }

  get truth(): Vendor['truth'] {
    const clock = this.#stage.clockOf(ID)
    return {
      accounts: () => this.state.accounts,
      daily: (query) =>
        dailyTruth(query, this.state.books.get(query.get('customer') ?? SHOP_ID) ?? null, clock),
    }
  }
}

function tooMany(call: Call, code: string, rateScope: string, wait: number): GoogleFailure {
  const rateName = code === 'RESOURCE_EXHAUSTED' ? 'Operations per day' : 'Requests per second'
  const quotaErrorDetails = { rateScope, rateName, retryDelay: `${wait}s` }
  return adsError(call, 429, { quotaError: code }, 'Too many requests.', { quotaErrorDetails })
}

export function googleAds(stage: Stage, identity: GoogleIdentity): Vendor {
  const api = new AdsApi(stage, identity)
  return {
    id: ID,
    hosts: ['googleads.googleapis.com'],
    endpointOf: (asked) => routeOf(asked)?.endpoint ?? 'unknown',
    answer: (asked) => api.answer(asked),
    refuse: (refusal, asked) => api.refuse(refusal, asked),
    truth: api.truth,
    actions: actionsOf(api.state),
  }
}
