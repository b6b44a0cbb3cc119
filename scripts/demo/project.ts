import type { Api } from './api.ts'
import { agree } from './consent.ts'

interface Named {
  id: string
  name: string
}

interface Integration extends Named {
  type: string
  status: string
}

/** A vendor's account that is, or shall be, connected. */
export interface Connection {
  type: string
  settings: Record<string, string>
}

/** The demo's one project. */
export const PROJECT = {
  name: 'Harbour Coffee (demo)',
  currency: 'EUR',
  timezone: 'Europe/Berlin',
}

/** What is connected: the accounts of the simulated shop. */
export const CONNECTIONS: readonly Connection[] = [
  {
    type: 'google-ads',
    settings: { customer_id: '7205550134', login_customer_id: '7205550100' },
  },
  { type: 'shopify', settings: { shop: 'harbour-coffee.myshopify.com' } },
]

const SCHEDULE = { cron: '30 * * * *', timezone: PROJECT.timezone }

/** Finds the project of an earlier start, or makes it. */
export async function demoProject(api: Api): Promise<string> {
  const projects = await api.get<Named[]>('/projects?limit=500')
  const known = projects.find(({ name }) => name === PROJECT.name)
  const { id } = known ?? (await api.post<Named>('/projects', PROJECT))
  return `/projects/${id}`
}

async function isInstalled(api: Api, type: string): Promise<boolean> {
  const sources = await api.get<{ id: string; status?: string }[]>('/sources')
  return sources.some(({ id, status }) => id === type && status !== 'disabled')
}

/** Whoever is asked for consent has not given it yet, or has taken it back. */
const WITHOUT_CONSENT = ['pending', 'needs_reauth']

/** Finds the integration of an earlier start, or makes it; its path, once the vendor's user has agreed. */
export async function connect(
  api: Api,
  project: string,
  { type, settings }: Connection
): Promise<string> {
  if (!(await isInstalled(api, type))) throw new Error('the source is not installed')
  const present = await api.get<Integration[]>(`${project}/integrations?limit=500`)
  const body = { type, settings, schedule: SCHEDULE }
  const integration =
    present.find((one) => one.type === type) ??
    (await api.post<Integration>(`${project}/integrations`, body))
  const path = `${project}/integrations/${integration.id}`
  if (WITHOUT_CONSENT.includes(integration.status)) await agree(api, path)
  return path
}
