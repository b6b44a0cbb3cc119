import { createHash, createSign } from 'node:crypto'
import type { Group } from '@japa/runner/core'
import { startSandbox, type Sandbox, type SandboxOptions } from '../src/index.ts'

/** A young, small shop on a clock that stands still. */
export const SMALL: SandboxOptions = {
  seed: 7,
  from: '2026-01-01',
  now: '2026-03-10T12:00:00Z',
  peoplePerDay: 14,
  adsPerGroup: 3,
}

export const MANAGER = 'marketing@harbour-coffee.example'
export const ADS_SCOPE = 'https://www.googleapis.com/auth/adwords'
export const CLIENT = {
  client_id: '728100200300-sandbox.apps.googleusercontent.com',
  client_secret: 'GOCSPX-sandbox-client-secret',
}

export type Parsed = ReturnType<typeof JSON.parse>

export interface Reply {
  status: number
  headers: Headers
  text: string
  /** What JSON says, of whatever shape the test expects. */
  body: Parsed
}

async function replyOf(response: Response): Promise<Reply> {
  const text = await response.text()
  const isJson = /^application\/json(;|$)/.test(response.headers.get('content-type') ?? '')
  const { status, headers } = response
  return { status, headers, text, body: isJson ? JSON.parse(text) : undefined }
}

/** A running sandbox and short ways to ask it. */
export class Bench {
  readonly sandbox: Sandbox

  constructor(sandbox: Sandbox) {
    this.sandbox = sandbox
  }

  async ask(path: string, init: RequestInit = {}): Promise<Reply> {
    return replyOf(await fetch(`${this.sandbox.url}${path}`, { redirect: 'manual', ...init }))
  }

  async control(path: string, body?: object, method = body ? 'POST' : 'GET'): Promise<Parsed> {
    const init = body ? { method, body: JSON.stringify(body) } : { method }
    const reply = await this.ask(`/control/${path}`, init)
    if (reply.status >= 400) throw new Error(reply.text)
    return reply.body
  }

  fault(fault: object): Promise<unknown> {
    return this.control('faults', fault)
  }

  token(form: Record<string, string>): Promise<Reply> {
    const body = new URLSearchParams(form)
    return this.ask('/oauth2.googleapis.com/token', { method: 'POST', body })
  }

  async refreshToken(user = MANAGER, scopes = ADS_SCOPE): Promise<string> {
    return (await this.control('google-identity/grant', { user, scopes })).refresh_token
  }

  async accessToken(user = MANAGER, scopes = ADS_SCOPE): Promise<string> {
    const refresh_token = await this.refreshToken(user, scopes)
    const reply = await this.token({ ...CLIENT, grant_type: 'refresh_token', refresh_token })
    return reply.body.access_token
  }
}

/** One sandbox for the tests of a group. */
export function useSandbox(group: Group, options: SandboxOptions = SMALL): { current: Bench } {
  const held = {} as { current: Bench }
  group.setup(async () => {
    const errors: unknown[] = []
    const sandbox = await startSandbox({ ...options, onError: (error) => errors.push(error) })
    held.current = new Bench(sandbox)
    return async () => {
      await sandbox.close()
      if (errors.length > 0) throw errors[0]
    }
  })
  group.each.teardown(() => held.current.control('faults', undefined, 'DELETE'))
  return held
}

const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url')

/** An assertion as a service account signs it. */
export function assertion(privateKey: string, claims: object): string {
  const body = `${part({ alg: 'RS256', typ: 'JWT' })}.${part(claims)}`
  return `${body}.${createSign('RSA-SHA256').update(body).sign(privateKey, 'base64url')}`
}

export const challengeOf = (verifier: string): string =>
  createHash('sha256').update(verifier).digest('base64url')

export const sum = <T>(items: readonly T[], part: (item: T) => number): number =>
  items.reduce((total, item) => total + part(item), 0)
