import { SourceError, z, type VendorAnswer } from '@analyticaflow/sdk'

const Failure = z.object({
  status: z.string(),
  details: z
    .array(
      z.object({
        /** Of Google's front end, which knows of tokens and scopes, not of ads. */
        reason: z.string().optional(),
        errors: z
          .array(
            z.object({
              errorCode: z.record(z.string(), z.string()).default({}),
              details: z
                .object({
                  quotaErrorDetails: z.object({ retryDelay: z.string().optional() }).optional(),
                })
                .optional(),
            })
          )
          .optional(),
      })
    )
    .optional(),
})

/** TRICKY: `searchStream` wraps the failure in a list, everything else does not; in the middle of a stream it comes bare. */
function failureIn(body: unknown) {
  const first: unknown = Array.isArray(body) ? body[0] : body
  const wrapped = z.object({ error: z.unknown() }).safeParse(first).data
  return Failure.safeParse(wrapped === undefined ? first : wrapped.error).data
}

interface Cause {
  code: string
  retryDelay: string | undefined
}

type Told = NonNullable<NonNullable<z.infer<typeof Failure>['details']>[number]['errors']>[number]

const codeOf = (error: Told | undefined) => Object.values(error?.errorCode ?? {})[0]

function causeOf(body: unknown): Cause | undefined {
  const failure = failureIn(body)
  if (failure === undefined) return undefined
  const details = failure.details ?? []
  const [first] = details.flatMap(({ errors = [] }) => errors)
  const reason = details.find(({ reason: one }) => one !== undefined)?.reason
  return {
    code: codeOf(first) ?? reason ?? failure.status,
    retryDelay: first?.details?.quotaErrorDetails?.retryDelay,
  }
}

const reconnect = (message: string) => new SourceError('auth_expired', message)
const settings = (message: string, field: string) =>
  new SourceError('config_invalid', message, { field })
const unavailable = () =>
  new SourceError('vendor_unavailable', 'Google Ads could not answer for the moment.')
const bug = (code: string) =>
  new SourceError(
    'vendor_response',
    `Google Ads refused a query of this connector (${code}). A newer version of it may be needed.`
  )

/** `42s`, `1.5s` */
function after(delay: string | undefined, now: Date): { retryAt?: Date } {
  const seconds = Number(/^(\d+(?:\.\d+)?)s$/.exec(delay ?? '')?.[1])
  return Number.isNaN(seconds) ? {} : { retryAt: new Date(now.getTime() + seconds * 1000) }
}

const limited = (message: string) => (now: Date, delay?: string) =>
  new SourceError('rate_limited', message, after(delay, now))
const busy = limited('Google Ads asks for a pause.')
const exhausted = limited(
  'The Google Cloud project behind this connection has used up its operations of 24 hours.'
)

const NO_ACCESS =
  'This sign-in may not read the account. If it is reached through a manager account, name that one in the settings; otherwise ask for access in Google Ads.'

/** What to do about each code; https://developers.google.com/google-ads/api/docs/common-errors */
const byCode: Readonly<Record<string, (now: Date, delay?: string) => SourceError>> = {
  RESOURCE_TEMPORARILY_EXHAUSTED: busy,
  EXCESSIVE_SHORT_TERM_QUERY_RESOURCE_CONSUMPTION: busy,
  EXCESSIVE_LONG_TERM_QUERY_RESOURCE_CONSUMPTION: busy,
  RESOURCE_EXHAUSTED: exhausted,
  TRANSIENT_ERROR: unavailable,
  INTERNAL_ERROR: unavailable,
  DEADLINE_EXCEEDED: unavailable,
  OAUTH_TOKEN_EXPIRED: () =>
    reconnect('Google does not accept the access any more. Connect again.'),
  OAUTH_TOKEN_REVOKED: () => reconnect('The access was taken back at Google. Connect again.'),
  NOT_ADS_USER: () =>
    reconnect('This Google account has no Google Ads. Connect with one that sees the ad account.'),
  CUSTOMER_NOT_FOUND: () =>
    settings('There is no ad account with this number. Look it up in Google Ads.', 'customer_id'),
  USER_PERMISSION_DENIED: () => settings(NO_ACCESS, 'login_customer_id'),
  CUSTOMER_NOT_ENABLED: () =>
    settings(
      'The ad account is closed or was never opened in full. What is loaded stays.',
      'customer_id'
    ),
  REQUESTED_METRICS_FOR_MANAGER: () =>
    settings(
      'This is a manager account, which has no figures of its own. Pick an ad account below it.',
      'customer_id'
    ),
  CLOUD_PROJECT_NOT_APPROVED_FOR_PRODUCTION: () =>
    new SourceError(
      'auth_scope',
      'Google has not approved the Cloud project of this installation for production accounts. Apply for access in its API Centre.'
    ),
  DEVELOPER_TOKEN_NOT_APPROVED: () =>
    new SourceError(
      'auth_scope',
      'The developer token is not approved. Leave it out: Google does not ask for one any more.'
    ),
  ACCESS_TOKEN_SCOPE_INSUFFICIENT: () =>
    new SourceError(
      'auth_scope',
      'The consent does not cover Google Ads. Connect again and allow it.',
      {
        scopes: ['https://www.googleapis.com/auth/adwords'],
      }
    ),
  UNSUPPORTED_VERSION: () =>
    new SourceError(
      'vendor_response',
      'Google has switched off the version of its API that this connector speaks. Update AnalyticaFlow.'
    ),
  REQUESTED_DATE_GRANULARITY_NOT_SUPPORTED: () => tooOld(),
}

/** Older days cannot be read day by day. */
export const tooOld = (): SourceError =>
  new SourceError(
    'config_invalid',
    'Google Ads tells daily figures of the last 37 months only. Read again from a later day; what is loaded of earlier ones stays.',
    { field: 'from' }
  )

/** The error behind an answer of Google Ads, where there is one; states without a code are told by their status. */
export function classify({ status, body, now }: VendorAnswer): SourceError | undefined {
  const cause = causeOf(body)
  if (cause === undefined) return undefined
  const known = byCode[cause.code]
  if (known !== undefined) return known(now, cause.retryDelay)
  return status === 400 ? bug(cause.code) : undefined
}
