import { openAsBlob } from 'node:fs'
import { basename, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { root } from './installation.ts'

export const FILE = join(root, 'plugins/sources/csv/tests/data/online-retail.csv.gz')

/** What the columns of that file mean. */
export const FILE_SPEC = {
  kind: 'order_lines',
  name: 'Online Retail',
  columns: {
    order_id: 'InvoiceNo',
    ordered_at: 'InvoiceDate',
    product_id: 'StockCode',
    product_name: 'Description',
    quantity: 'Quantity',
    unit_price: 'UnitPrice',
    customer_id: 'CustomerID',
    country: 'Country',
  },
  constants: { currency: 'GBP' },
  timezone: 'Europe/London',
  rules: [
    { when: { column: 'InvoiceNo', starts_with: 'C' }, as: 'refund' },
    { when: { column: 'InvoiceNo', starts_with: 'A' }, as: 'skip' },
  ],
}

const account = { email: 'bench@example.com', password: 'correct horse battery' }

interface Attribution {
  totals: { conversions: number }
  meta: { paths: number; paths_without_conversion: number }
}

interface Run {
  id: string
  status: string
  streams: { rows_read: number }[]
}

interface Journeys {
  totals: { paths: number; conversions: number }
}

/** How often the state of an import is asked for; answering it takes time from the import itself. */
const ASKED_EVERY_MS = 150

/** Somebody who uses the API. */
export class Client {
  readonly #url: string
  #token = ''

  constructor(url: string) {
    this.#url = `${url}/api/v1`
  }

  /** For requests that are made by hand. */
  get token(): string {
    return this.#token
  }

  #fetch(method: string, path: string, body?: unknown): Promise<Response> {
    const isForm = body instanceof FormData
    return fetch(this.#url + path, {
      method,
      headers: {
        authorization: `Bearer ${this.#token}`,
        ...(body !== undefined && !isForm && { 'content-type': 'application/json' }),
      },
      ...(body !== undefined && { body: isForm ? body : JSON.stringify(body) }),
    })
  }

  /** A long import outlives the token: it is got anew. */
  async #send<Answer>(method: string, path: string, body?: unknown): Promise<Answer> {
    let response = await this.#fetch(method, path, body)
    if (response.status === 401 && this.#token !== '') {
      await this.signIn()
      response = await this.#fetch(method, path, body)
    }
    if (!response.ok) throw new Error(`${method} ${path}: ${await response.text()}`)
    return (await response.json()) as Answer
  }

  async signUp(): Promise<void> {
    await this.#send('POST', '/auth/register', { ...account, full_name: 'Bench' })
    await this.signIn()
  }

  async signIn(): Promise<void> {
    this.#token = ''
    const { access_token: token } = await this.#send<{ access_token: string }>(
      'POST',
      '/auth/token',
      account
    )
    this.#token = token
  }

  async makeProject(name: string, timezone = 'Europe/London'): Promise<string> {
    const project = { name, currency: 'GBP', timezone }
    return (await this.#send<{ data: { id: string } }>('POST', '/projects', project)).data.id
  }

  /** A project that an earlier bench has made, if there is one. */
  async findProject(name: string): Promise<string | undefined> {
    const { data } = await this.#send<{ data: { id: string; name: string }[] }>('GET', '/projects')
    return data.find((project) => project.name === name)?.id
  }

  /** Imports a file; afterwards every report shows it. */
  async importFile(projectId: string, file = FILE, spec: object = FILE_SPEC): Promise<void> {
    const body = new FormData()
    body.append('spec', JSON.stringify(spec))
    body.append('file', await openAsBlob(file), basename(file))
    const path = `/projects/${projectId}/imports`
    const { data } = await this.#send<{ data: { id: string } }>('POST', path, body)
    await this.untilImported(projectId, data.id)
  }

  /** Waits for the end of an import. @throws if it failed */
  async untilImported(projectId: string, importId: string): Promise<void> {
    const path = `/projects/${projectId}/imports/${importId}`
    for (;;) {
      const state = await this.#send<{ data: { status: string } }>('GET', path)
      if (state.data.status === 'done') return
      if (state.data.status === 'failed') throw new Error(JSON.stringify(state.data))
      await sleep(ASKED_EVERY_MS)
    }
  }

  /** Makes an integration. @returns its path */
  async connect(projectId: string, body: object): Promise<string> {
    const path = `/projects/${projectId}/integrations`
    return `${path}/${(await this.#send<{ data: { id: string } }>('POST', path, body)).data.id}`
  }

  /** Starts a run and waits for its end. @returns rows that it has read @throws if it failed */
  async sync(integration: string, params: object): Promise<number> {
    const { data } = await this.#send<{ data: Run }>('POST', `${integration}/sync`, params)
    const path = `${integration}/runs/${data.id}`
    for (;;) {
      const { data: run } = await this.#send<{ data: Run }>('GET', path)
      if (run.status === 'done') return run.streams.reduce((sum, one) => sum + one.rows_read, 0)
      if (!['queued', 'running'].includes(run.status)) throw new Error(JSON.stringify(run))
      await sleep(4 * ASKED_EVERY_MS)
    }
  }

  kpi(projectId: string, request: unknown): Promise<{ totals: Record<string, number> }> {
    return this.#send('POST', `/projects/${projectId}/reports/kpi`, request)
  }

  attribution(projectId: string, request: unknown): Promise<Attribution> {
    return this.#send('POST', `/projects/${projectId}/reports/attribution`, request)
  }

  journeys(projectId: string, request: unknown): Promise<Journeys> {
    return this.#send('POST', `/projects/${projectId}/reports/journeys`, request)
  }
}
