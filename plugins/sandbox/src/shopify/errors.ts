import { json, type Answer } from '../http/exchange.ts'

const LIMITS = 'https://shopify.dev/api/usage/rate-limits'

export interface Cost {
  requestedQueryCost: number
  actualQueryCost: number | null
  throttleStatus: { maximumAvailable: number; currentlyAvailable: number; restoreRate: number }
}

export const invalidToken = (): Answer =>
  json(401, {
    errors: '[API] Invalid API key or access token (unrecognized login or wrong password)',
  })

export const notFound = (): Answer => json(404, { errors: 'Not Found' })

export const badRequest = (): Answer =>
  json(400, { errors: { query: 'Required parameter missing or invalid' } })

export const throttled = (cost: Cost): Answer =>
  json(200, {
    errors: [{ message: 'Throttled', extensions: { code: 'THROTTLED', documentation: LIMITS } }],
    extensions: { cost },
  })

export const tooExpensive = (cost: number, maxCost: number): Answer =>
  json(200, {
    errors: [
      {
        message: `Query cost is ${cost}, which exceeds the single query max cost limit (${maxCost}).\n\nSee ${LIMITS} for more information on how the\ncost of a query is calculated.\n\nTo query larger amounts of data with fewer limits, bulk operations should be used instead.\n`,
        extensions: { code: 'MAX_COST_EXCEEDED', cost, maxCost, documentation: LIMITS },
      },
    ],
  })

export const internalError = (): Answer =>
  json(200, {
    errors: [
      {
        message: 'Internal error. Looks like something went wrong on our end.',
        extensions: { code: 'INTERNAL_SERVER_ERROR', requestId: 'sandbox' },
      },
    ],
  })

export const notPlayed = (what: string): Answer =>
  json(501, { errors: `The sandbox does not play this: ${what}` })

/** What a field says to somebody who may not see it; the rest of the answer comes all the same. */
export class AccessDenied extends Error {
  readonly extensions: Record<string, string>

  constructor(field: string, scope: string) {
    const requiredAccess = `\`${scope}\` access scope.`
    super(`Access denied for ${field} field. Required access: ${requiredAccess}`)
    this.extensions = {
      code: 'ACCESS_DENIED',
      documentation: 'https://shopify.dev/api/usage/access-scopes',
      requiredAccess,
    }
  }
}

export class ProtectedData extends Error {
  readonly extensions = {
    code: 'ACCESS_DENIED',
    documentation: 'https://shopify.dev/docs/apps/launch/protected-customer-data',
  }

  constructor(what: string) {
    super(
      `This app is not approved to access the ${what}. See https://shopify.dev/docs/apps/launch/protected-customer-data for more details.`
    )
  }
}

/** A value that no rule of the schema can refuse, but Shopify does. */
export class BadArgument extends Error {
  readonly extensions = { code: 'BAD_REQUEST' }
}

/** A field that Shopify has and this double has not. */
export class NotPlayed extends Error {}
