import { createPublicKey, generateKeyPairSync, verify, type KeyObject } from 'node:crypto'

export const SERVICE_ACCOUNT = 'reporting@harbour-coffee.iam.gserviceaccount.com'
const TOKEN_URL = 'https://oauth2.googleapis.com/token'
const MAX_LIFE = 3600
const SKEW = 300

/** A service account with its key, as Google's console hands it out as a file. */
export class ServiceAccount {
  readonly email = SERVICE_ACCOUNT
  readonly #pem: string
  readonly #public: KeyObject

  constructor() {
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
    this.#pem = privateKey.export({ type: 'pkcs8', format: 'pem' }) as string
    this.#public = createPublicKey(this.#pem)
  }

  get keyFile(): Record<string, string> {
    return {
      type: 'service_account',
      project_id: 'harbour-coffee',
      private_key_id: 'sandbox',
      private_key: this.#pem,
      client_email: this.email,
      client_id: '110022003300440055006',
      token_uri: TOKEN_URL,
    }
  }

  /** The scopes that a signed assertion may have; a text that says what is wrong with it. */
  scopesOf(assertion: string, now: number): string[] | string {
    const [head = '', body = '', signature = ''] = assertion.split('.')
    const claims = parsed(body)
    if (parsed(head).alg !== 'RS256' || claims.iss !== this.email) return 'Invalid JWT Signature.'
    const signed = Buffer.from(`${head}.${body}`)
    if (!verify('sha256', signed, this.#public, Buffer.from(signature, 'base64url'))) {
      return 'Invalid JWT Signature.'
    }
    const scope = typeof claims.scope === 'string' ? claims.scope : ''
    return faultOf(claims, now) ?? scope.split(' ').filter(Boolean)
  }
}

function parsed(part: string): Record<string, unknown> {
  try {
    return JSON.parse(Buffer.from(part, 'base64url').toString('utf8')) as Record<string, unknown>
  } catch {
    return {}
  }
}

function faultOf({ aud, iat, exp }: Record<string, unknown>, now: number): string | undefined {
  if (aud !== TOKEN_URL) return `Invalid JWT: Failed audience check.`
  const times = [Number(iat), Number(exp)] as const
  const isTimely =
    times[0] <= now + SKEW && times[1] > now - SKEW && times[1] - times[0] <= MAX_LIFE
  return isTimely
    ? undefined
    : 'Invalid JWT: Token must be a short-lived token (60 minutes) and in a reasonable timeframe. Check your iat and exp values in the JWT claim.'
}
