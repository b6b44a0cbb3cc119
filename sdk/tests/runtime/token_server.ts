import { oauth2 } from '@analyticaflow/sdk'
import {
  fetchTransport,
  type OAuth2,
  type Tokens,
  type TokenStore,
} from '@analyticaflow/sdk/runtime'
import { startVendor, type Answers } from './vendor.ts'

/** What a definition may say of its tokens. */
export type Options = Partial<Omit<OAuth2, 'kind'>>

/** A token endpoint on a real socket, and an application that asks it. */
export async function tokenServer(answers: Answers) {
  const vendor = await startVendor(answers)
  const world = {
    transport: fetchTransport,
    clock: vendor.clock,
    signal: new AbortController().signal,
    title: 'Northwind',
  }
  const client = (options: Options = {}) => ({
    auth: oauth2({
      authorizeUrl: 'https://login.example/authorize',
      tokenUrl: `${vendor.url}/token`,
      scopes: ['a', 'b'],
      refresh: 'stable',
      ...options,
    }) as OAuth2,
    clientId: 'id',
    clientSecret: 's3cret',
    config: {},
  })
  return { ...vendor, world, client }
}

/** The fields of a form. */
export const fields = (body: string) => Object.fromEntries(new URLSearchParams(body))

/** Tokens in memory, changed by one at a time. */
export class MemoryTokens implements TokenStore {
  tokens: Tokens | undefined
  #last: Promise<unknown> = Promise.resolve()
  constructor(tokens?: Tokens) {
    this.tokens = tokens
  }
  load = async () => this.tokens
  update: TokenStore['update'] = (change) => {
    const next = this.#last.then(async () => (this.tokens = await change(this.tokens)))
    this.#last = next.catch(() => undefined)
    return next
  }
}
