import type { IncomingHttpHeaders } from 'node:http'

/** A request as the vendor would have got it. */
export interface Asked {
  method: string
  /** The vendor's host that was meant, in lower case. */
  host: string
  path: string
  query: URLSearchParams
  headers: IncomingHttpHeaders
  body: Buffer
}

export interface Answer {
  status: number
  headers?: Record<string, string>
  body: string | Iterable<string>
}

export const json = (
  status: number,
  value: unknown,
  headers: Record<string, string> = {}
): Answer => ({
  status,
  headers: { 'content-type': 'application/json; charset=UTF-8', ...headers },
  body: JSON.stringify(value),
})

export const html = (status: number, body: string): Answer => ({
  status,
  headers: { 'content-type': 'text/html; charset=UTF-8' },
  body,
})

export const redirect = (to: string): Answer => ({
  status: 302,
  headers: { location: to },
  body: '',
})

/** The value of a header that may stand once only. */
export function header({ headers }: Pick<Asked, 'headers'>, name: string): string | undefined {
  const value = headers[name]
  return Array.isArray(value) ? value[0] : value
}

export const bearer = (asked: Pick<Asked, 'headers'>): string | undefined =>
  /^Bearer (\S+)$/i.exec(header(asked, 'authorization') ?? '')?.[1]

export const formOf = ({ body }: Asked): URLSearchParams =>
  new URLSearchParams(body.toString('utf8'))

export type Fields = Record<string, unknown>

export const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** The JSON object of a body; undefined where it is none. */
export function fieldsOf({ body }: Pick<Asked, 'body'>): Fields | undefined {
  try {
    const value: unknown = JSON.parse(body.toString('utf8'))
    return isFields(value) ? value : undefined
  } catch {
    return undefined
  }
}

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

export const escapeHtml = (text: string): string =>
  text.replace(/[&<>"]/g, (character) => ENTITIES[character] ?? character)
