import { createHash } from 'node:crypto'
import { fieldsOf, json, type Answer, type Asked, type Fields } from '../http/exchange.ts'
import type { Sealer } from '../sealed.ts'
import type { Call } from './access.ts'
import { adsError, badJson, notPlayed, unknownName, type GoogleFailure } from './errors.ts'
import { GaqlError, NotPlayed } from './gaql/error.ts'
import { execute, type Source } from './gaql/execute.ts'
import type { Fact } from './gaql/fields.ts'
import { parse } from './gaql/parse.ts'
import { resolve, type Plan } from './gaql/resolve.ts'
import { encoder, fieldMask } from './gaql/rows.ts'

const PAGE = 10_000
const TOKEN_SECONDS = 2 * 3600
const SEARCH = ['query', 'pageToken', 'pageSize', 'validateOnly', 'searchSettings', 'customerId']
const STREAM = ['query', 'summaryRowSetting', 'customerId']
/** Of every Google API: https://cloud.google.com/apis/docs/system-parameters */
const SYSTEM = ['alt', 'prettyPrint', 'fields', 'key', 'quotaUser', '$.xgafv', 'callback']

const camel = (name: string) =>
  name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase())

/** The message of a request, its names in either spelling. @throws GoogleFailure */
export function messageOf(asked: Asked, isStream: boolean): Fields {
  const parameter = [...asked.query.keys()].find((name) => !SYSTEM.includes(name))
  if (parameter !== undefined) throw unknownName(parameter, true)
  const body = fieldsOf(asked)
  if (body === undefined) throw badJson()
  const known = isStream ? STREAM : SEARCH
  const entries = Object.entries(body).map(([name, value]) => [camel(name), value] as const)
  const unknown = entries.find(([name]) => !known.includes(name))
  if (unknown !== undefined) throw unknownName(unknown[0], false)
  const played = ['query', 'pageToken', 'pageSize', 'validateOnly', 'customerId']
  const other = entries.find(([name]) => !played.includes(name))
  if (other !== undefined) throw notPlayed(other[0])
  return Object.fromEntries(entries)
}

function failureOf(error: unknown, call: Call): GoogleFailure {
  if (error instanceof NotPlayed) return notPlayed(error.message)
  if (!(error instanceof GaqlError)) throw error
  return adsError(call, 400, { [error.kind]: error.code }, error.message)
}

/** @throws GoogleFailure as Google refuses the query */
export function planOf(message: Fields, source: Source, call: Call): Plan {
  const { query } = message
  if (typeof query !== 'string' || query.trim() === '') {
    throw adsError(
      call,
      400,
      { requestError: 'REQUIRED_FIELD_MISSING' },
      'Required field is missing.'
    )
  }
  try {
    const plan = resolve(parse(query), source.today)
    if (source.account.isManager && plan.isMetric) {
      throw new GaqlError(
        'REQUESTED_METRICS_FOR_MANAGER',
        'Metrics cannot be requested for a manager account. To retrieve metrics, issue separate requests against each client account under the manager account.'
      )
    }
    return plan
  } catch (error) {
    throw failureOf(error, call)
  }
}

interface Position {
  query: string
  day: number | null
  skip: number
  now: number
  issuedAt: number
}

const PREFIX = 'CiA'
const hashOf = (message: Fields, { account }: Source) =>
  createHash('sha256')
    .update(`${account.id} ${String(message.query)}`)
    .digest('base64url')

function positionOf(
  message: Fields,
  source: Source,
  call: Call,
  sealer: Sealer
): Position | undefined {
  const { pageToken } = message
  if (typeof pageToken !== 'string' || pageToken === '') return undefined
  const position = sealer.open(PREFIX, pageToken) as Position | undefined
  if (position?.query !== hashOf(message, source)) {
    const text = 'Page token is invalid.'
    throw adsError(call, 400, { requestError: 'INVALID_PAGE_TOKEN' }, text)
  }
  if (source.now - position.issuedAt > TOKEN_SECONDS) {
    const text = 'Page token has expired.'
    throw adsError(call, 400, { requestError: 'EXPIRED_PAGE_TOKEN' }, text)
  }
  return position
}

interface Page {
  facts: Fact[]
  /** Where the rest begins. */
  next: { day: number | null; skip: number } | null
}

function pageOf(plan: Plan, source: Source, start: Position | undefined): Page {
  const limit = Math.min(PAGE, plan.limit ?? PAGE)
  const facts: Fact[] = []
  let skip = start?.skip ?? 0
  for (const part of execute(plan, source, start?.day ?? null)) {
    const rest = part.facts.slice(skip)
    const room = limit - facts.length
    if (rest.length > room) {
      facts.push(...rest.slice(0, room))
      return { facts, next: { day: part.day, skip: skip + room } }
    }
    facts.push(...rest)
    skip = 0
  }
  return { facts, next: null }
}

/** Pages of a fixed size. Later pages see the account as the first one did. @throws GoogleFailure */
export function search(asked: Asked, source: Source, call: Call, sealer: Sealer): Answer {
  const message = messageOf(asked, false)
  if (message.pageSize !== undefined) {
    const text = `Setting the page size is not supported. Search Responses will have fixed page size of '${PAGE}' rows.`
    throw adsError(call, 400, { requestError: 'PAGE_SIZE_NOT_SUPPORTED' }, text)
  }
  const plan = planOf(message, source, call)
  if (message.validateOnly === true) return json(200, {})
  const start = positionOf(message, source, call, sealer)
  const asOf = start?.now ?? source.now
  const { facts, next } = pageOf(plan, { ...source, now: asOf }, start)
  // A LIMIT beyond one page would need a count of its own; none of these answers is that long.
  const position = { query: hashOf(message, source), ...next, now: asOf, issuedAt: source.now }
  const isMore = next !== null && plan.limit === null
  return json(200, {
    ...(facts.length > 0 && { results: facts.map(encoder(plan)) }),
    ...(isMore && { nextPageToken: sealer.seal(PREFIX, position) }),
    fieldMask: fieldMask(plan),
    queryResourceConsumption: String(100 + facts.length),
  })
}

function* limited(plan: Plan, source: Source): Generator<Fact> {
  let left = plan.limit ?? Infinity
  for (const { facts } of execute(plan, source)) {
    for (const fact of facts) {
      if (left === 0) return
      left -= 1
      yield fact
    }
  }
}

/**
 * Text of the array of chunks, row by row. The last chunk says what the query has cost; an empty
 * answer is one chunk without results.
 */
function* chunks(plan: Plan, source: Source, call: Call): Generator<string> {
  const encode = encoder(plan)
  const tail = `"fieldMask":${JSON.stringify(fieldMask(plan))},"requestId":${JSON.stringify(call.requestId)}`
  let total = 0
  for (const fact of limited(plan, source)) {
    const isFirst = total % PAGE === 0
    if (isFirst) yield total === 0 ? '[{"results":[' : `],${tail}}\n,{"results":[`
    yield `${isFirst ? '' : ','}${JSON.stringify(encode(fact))}`
    total += 1
  }
  yield `${total === 0 ? '[{' : '],'}${tail},"queryResourceConsumption":"${100 + total}"}]`
}

/** One answer in chunks, made while it is sent. @throws GoogleFailure */
export function searchStream(asked: Asked, source: Source, call: Call): Answer {
  const message = messageOf(asked, true)
  const plan = planOf(message, source, call)
  const headers = { 'content-type': 'application/json; charset=UTF-8' }
  return { status: 200, headers, body: chunks(plan, source, call) }
}
