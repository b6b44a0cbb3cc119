import { SourceError, z, type VendorAnswer } from '@analyticaflow/sdk'
import { stillRunning } from './bulk/status.ts'

const GraphqlErrors = z.object({
  errors: z
    .array(
      z.object({
        path: z.array(z.union([z.string(), z.number()])).optional(),
        extensions: z.object({ code: z.string().optional() }).optional(),
      })
    )
    .min(1),
})
type GraphqlError = z.infer<typeof GraphqlErrors>['errors'][number]

const Cost = z.object({
  extensions: z.object({
    cost: z.object({
      requestedQueryCost: z.number(),
      throttleStatus: z.object({
        maximumAvailable: z.number(),
        currentlyAvailable: z.number(),
        restoreRate: z.number(),
      }),
    }),
  }),
})

/** What the answer says of points, if it does. */
export const costOf = (body: unknown) => Cost.safeParse(body).data?.extensions.cost

/** Causes that a status tells by itself. https://shopify.dev/docs/api/admin-graphql/latest#status-and-error-codes */
const byStatus: Readonly<Record<number, () => SourceError>> = {
  401: () =>
    new SourceError(
      'auth_expired',
      'Shopify does not accept the access token any more: the app was uninstalled, or the token was replaced. Connect the shop again.'
    ),
  402: () => closed('The shop is frozen until its owner has paid Shopify’s invoice.'),
  403: () => closed('Shopify has closed this shop.'),
  404: () => closed('There is no shop under this domain, or it was deleted.'),
  423: () => closed('Shopify has locked this shop. Its owner has to contact Shopify.'),
  // Undocumented: the answer of Shopify's firewall to too many requests.
  430: () => new SourceError('rate_limited', 'Shopify refuses requests for the moment.'),
}

const closed = (message: string) => new SourceError('config_invalid', message, { field: 'shop' })

const SECOND = 1000

/** Points come back at a steady rate; a query is answered once there are as many as it asks for. */
function throttled({ body, now }: VendorAnswer): SourceError {
  const cost = costOf(body)
  const { currentlyAvailable = 0, restoreRate = 100 } = cost?.throttleStatus ?? {}
  const missing = Math.max(0, (cost?.requestedQueryCost ?? restoreRate) - currentlyAvailable)
  const wait = Math.ceil(missing / restoreRate) * SECOND
  return new SourceError('rate_limited', 'Shopify asks for a pause.', {
    retryAt: new Date(now.getTime() + Math.max(SECOND, wait)),
  })
}

/** The field that was kept back, without the numbers of rows. */
const fieldOf = ({ path = [] }: GraphqlError): string =>
  path.filter((step) => typeof step === 'string').join('.')

/**
 * Something was kept back. TRICKY: the rest of the answer is there, with status 200; taken as it is, it
 * would say that orders have no customers.
 */
function denied(error: GraphqlError): SourceError {
  const field = fieldOf(error)
  const what = field === '' ? 'a part of the data' : `“${field}”`
  return new SourceError(
    'auth_scope',
    `Shopify keeps ${what} from the app. Grant it the scopes that its page here names, and apply for protected customer data in the Partner Dashboard; e-mail addresses and telephone numbers can be switched off in the settings.`
  )
}

const byCode: Readonly<
  Record<string, (answer: VendorAnswer, error: GraphqlError) => SourceError | undefined>
> = {
  THROTTLED: throttled,
  ACCESS_DENIED: (_answer, error) => denied(error),
  SHOP_INACTIVE: () => closed('This shop is closed.'),
  INTERNAL_SERVER_ERROR: () => unavailable(),
  TIMEOUT: () => unavailable(),
  // The reader asks for a smaller page.
  MAX_COST_EXCEEDED: () => undefined,
}

const unavailable = () =>
  new SourceError('vendor_unavailable', 'Shopify could not answer for the moment.')

function graphqlError(answer: VendorAnswer): SourceError | undefined {
  const errors = GraphqlErrors.safeParse(answer.body).data?.errors ?? []
  for (const error of errors) {
    const known = byCode[error.extensions?.code ?? '']
    if (known === undefined) {
      return new SourceError('vendor_response', 'Shopify refused a query of this connector.')
    }
    const found = known(answer, error)
    if (found !== undefined) return found
  }
  return undefined
}

/** A page of the storefront: with its password, of a shop that has moved, or of somebody in between. */
const isWebPage = (body: unknown): boolean =>
  typeof body === 'string' && /^\s*<(!doctype html|html)/i.test(body)

/** Where the files of bulk operations lie, errors are XML; a link that has ended is renewed by asking for it again. */
const isStorage = ({ status, body }: VendorAnswer): boolean =>
  status >= 400 && typeof body === 'string' && body.trimStart().startsWith('<?xml')

/** The error behind an answer of Shopify, where there is one. */
export function classify(answer: VendorAnswer): SourceError | undefined {
  if (isStorage(answer)) {
    return new SourceError(
      'vendor_unavailable',
      'Shopify does not have the prepared file any more.'
    )
  }
  const own = byStatus[answer.status]
  if (own !== undefined) return own()
  if (isWebPage(answer.body) && answer.status < 500) {
    return new SourceError(
      'vendor_response',
      'A web page came instead of data. Is this the domain that Shopify gave the shop?'
    )
  }
  return graphqlError(answer) ?? stillRunning(answer)
}
