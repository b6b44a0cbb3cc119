/** An answer of the API that is no success. */
export class ApiError extends Error {
  readonly status: number

  constructor(status: number, text: string) {
    super(text)
    this.status = status
  }
}

export interface Answer<T> {
  data: T
  cookies: string[]
}

/** The public API, as any client uses it. */
export class Api {
  readonly #base: string
  #token = ''

  constructor(origin: string) {
    this.#base = `${origin}/api/v1`
  }

  async call<T>(method: string, path: string, body?: object | FormData): Promise<Answer<T>> {
    const isForm = body instanceof FormData
    const response = await fetch(`${this.#base}${path}`, {
      method,
      headers: {
        ...(this.#token && { authorization: `Bearer ${this.#token}` }),
        ...(body && !isForm && { 'content-type': 'application/json' }),
      },
      ...(body && { body: isForm ? body : JSON.stringify(body) }),
    })
    const text = await response.text()
    if (!response.ok) throw new ApiError(response.status, `${method} ${path}: ${text}`)
    const parsed = (text === '' ? {} : JSON.parse(text)) as { data?: T } & T
    return { data: parsed.data ?? parsed, cookies: response.headers.getSetCookie() }
  }

  async get<T>(path: string): Promise<T> {
    return (await this.call<T>('GET', path)).data
  }

  async post<T>(path: string, body: object | FormData = {}): Promise<T> {
    return (await this.call<T>('POST', path, body)).data
  }

  async #signIn(email: string, password: string): Promise<boolean> {
    try {
      const tokens = await this.post<{ access_token: string }>('/auth/token', { email, password })
      this.#token = tokens.access_token
      return true
    } catch (error) {
      if (error instanceof ApiError && error.status === 401) return false
      throw error
    }
  }

  /** Signs in as this user, who is made where nobody is there yet. */
  async signIn(email: string, password: string): Promise<void> {
    if (await this.#signIn(email, password)) return
    try {
      await this.post('/auth/register', { email, password, full_name: 'Demo' })
    } catch (error) {
      if (!(error instanceof ApiError) || error.status !== 403) throw error
      throw new Error(
        'There are users in this data directory already. The demo has a directory of its own: AF_DATA_DIR=./var-demo npm run demo',
        { cause: error }
      )
    }
    if (!(await this.#signIn(email, password))) throw new Error('The demo user cannot sign in')
  }
}
