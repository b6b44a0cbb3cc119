/** The public API as somebody who signs in with an address and a password. */
export class Api {
  readonly #base: string
  #token = ''

  constructor(origin: string) {
    this.#base = `${origin}/api/v1`
  }

  async signIn(email: string, password: string): Promise<void> {
    const tokens = await this.post<{ access_token: string }>('/auth/token', { email, password })
    this.#token = tokens.access_token
  }

  get<T>(path: string): Promise<T> {
    return this.#ask('GET', path)
  }

  post<T>(path: string, body: object): Promise<T> {
    return this.#ask('POST', path, JSON.stringify(body))
  }

  async #ask<T>(method: string, path: string, body?: string): Promise<T> {
    const response = await fetch(`${this.#base}${path}`, {
      method,
      headers: {
        ...(this.#token && { authorization: `Bearer ${this.#token}` }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
      },
      ...(body !== undefined && { body }),
    })
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`)
    return (await response.json()) as T
  }
}
