import { clickIdKinds } from './channels.ts'
import { hashedEmail, hashedPhone } from './kinds.ts'
import { CAMPAIGN_IDS } from './origins.ts'

/** The column that holds the erasure's token beside a row whose person was erased; '' beside others. */
export const TOKEN = 'erased_token'

/** What vendors' rows of erased people begin with in place of what they said. */
export const ERASED_PAYLOAD = '{"erased":"erased-'

const separated = (parts: readonly string[]) => parts.join(`, '\\x1f', `)

/** Keyed with the project's salt, so that nobody can guess what is behind it who does not have that. */
export const keyedHash = (...parts: readonly string[]): string =>
  `substring(lower(hex(SHA256(concat({salt:String}, '\\x1f', ${separated(parts)})))), 1, 32)`

/** The last element is no hash: an empty list could not be looked through. */
const list = `(SELECT (arrayPushBack(groupArray(hash), ''), arrayPushBack(groupArray(replacement), ''))
  FROM suppressed FINAL WHERE project_id = {project_id:UInt64})`

/** What the list of suppressions holds for a hash. */
export const listed = (hash: string, otherwise: string): string =>
  `transform(${hash}, tupleElement(${list}, 1), tupleElement(${list}, 2), ${otherwise})`

/** By which a value's pseudonym is listed, where it had to be chosen. */
export const nameHash = (value: string): string => keyedHash(`'name'`, TOKEN, value)

/** The pseudonym of a value: `attempt` 0 is the usual one. */
export const pseudonymOf = (value: string, attempt = `'0'`): string =>
  `concat(${TOKEN}, '-', substring(${keyedHash(`'pseudonym'`, TOKEN, value, attempt)}, 1, 16))`

/**
 * What stands in place of a number of an order, of a record: another one for each, and always the same one
 * for the same, so that documents stay apart, still name each other, and are known when they come again.
 */
export const pseudonym = (value: string): string => listed(nameHash(value), pseudonymOf(value))

export const payloadOf = (pseudonymous: string): string =>
  `concat('{"erased":"', ${pseudonymous}, '"}')`
export const erasedPayload = (payload: string): string => payloadOf(pseudonym(payload))

/** The key of a vendor's record; what follows the separator numbers the facts of one record. */
export const erasedKey = (vendorKey: string, recordKey: string): string =>
  `concat(${pseudonym(vendorKey)}, substring(${recordKey}, length(${vendorKey}) + 1))`

const quoted = (texts: readonly string[]) => texts.map((text) => `'${text}'`).join(', ')
const ofPlatforms = clickIdKinds.map(({ parameter }) => parameter)
const ofCampaigns = [
  ...['utm_source', 'utm_medium', 'utm_campaign', 'utm_content', 'utm_term'],
  ...CAMPAIGN_IDS,
]

const EMAIL = '[A-Za-z0-9._+-]+(@|%40)[A-Za-z0-9-]+[.][A-Za-z0-9.-]+'
const withoutEmails = (text: string) => `replaceRegexpAll(${text}, '${EMAIL}', 'erased')`

const name = `splitByChar('=', parameter)[1]`
/** Parameters that tell the campaign stay, and that there was a click id; no other. */
const parametersOf = (url: string) => `arrayFilter(parameter -> parameter != '', arrayMap(
    parameter -> multiIf(${name} IN (${quoted(ofCampaigns)}), parameter, ${name} IN (${quoted(ofPlatforms)}), concat(${name}, '=erased'), ''),
    extractURLParameters(${url})))`

const erasedUrl = (url: string) =>
  withoutEmails(
    `concat(cutQueryStringAndFragment(${url}), if(empty(${parametersOf(url)}), '', concat('?', arrayStringConcat(${parametersOf(url)}, '&'))))`
  )

const shapes = clickIdKinds.flatMap(({ parameter, shape }) =>
  shape ? [{ parameter, shape: shape.replaceAll('\\', '\\\\').replaceAll("'", "\\'") }] : []
)
/** Which platform's it was decides about the channel. */
const erasedClickId = (id: string) => `multiIf(${id} = '', '',
    match(${id}, '^(${ofPlatforms.join('|')})[=:]'), concat(extract(${id}, '^[A-Za-z_]+'), '=erased'),
    ${shapes.map(({ parameter, shape }) => `match(${id}, '${shape}'), '${parameter}=erased',`).join(' ')} 'erased')`

const said = (value: string, instead: string) => `if(${value} = '', '', ${instead})`
const token = (value: string) => said(value, TOKEN)
const alias = (value: string) => said(value, pseudonym(value))

/** Columns that hold a person's data, by name, over the value that they have. */
const personal: Readonly<Record<string, (value: string) => string>> = {
  customer_id: token,
  contact_id: token,
  client_id: token,
  email: (value) => said(hashedEmail(value), TOKEN),
  phone: (value) => said(hashedPhone(value), TOKEN),
  email_hash: (value) => said(value, hashedEmail(TOKEN)),
  phone_hash: (value) => said(value, hashedPhone(TOKEN)),
  order_id: alias,
  refund_of: alias,
  refund_id: alias,
  deal_id: alias,
  lead_id: alias,
  event_id: alias,
  touchpoint_id: alias,
  session_id: alias,
  click_id: erasedClickId,
  landing_page: erasedUrl,
  referrer: erasedUrl,
  url: erasedUrl,
  attributes: () => `CAST(map(), 'Map(String, String)')`,
  tags: () => 'emptyArrayString()',
  city: () => `''`,
}

/** Texts that people type, where an address may have got into. */
const typed = new Set([
  ...['campaign', 'content', 'term', 'coupon', 'product_name'],
  ...['utm_campaign', 'utm_content', 'utm_term', 'utm_source', 'utm_medium', 'source', 'medium'],
])

/** What a column of an erased person's row says instead; most amounts, dates and places stay. */
export function erased(column: string, value: string): string {
  const rewrite = personal[column]
  if (rewrite) return rewrite(value)
  return typed.has(column) ? withoutEmails(value) : value
}
