import type { Api } from './api.ts'
import { agree } from './consent.ts'

interface Named {
  id: string
  name: string
}

interface Integration extends Named {
  type: string
}

/** The demo's one project. */
export const PROJECT = {
  name: 'Harbour Coffee (demo)',
  currency: 'EUR',
  timezone: 'Europe/Berlin',
}

/** What is connected: the accounts of the simulated shop. */
const CONNECTIONS = [
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

async function installed(api: Api): Promise<Set<string>> {
  const sources = await api.get<{ id: string; status?: string }[]>('/sources')
  return new Set(sources.filter(({ status }) => status !== 'disabled').map(({ id }) => id))
}

/** An integration of each vendor, made and allowed where it is not there yet: their paths. */
export async function demoIntegrations(
  api: Api,
  project: string,
  say: (text: string) => void
): Promise<{ path: string; type: string }[]> {
  const sources = await installed(api)
  const present = await api.get<Integration[]>(`${project}/integrations?limit=500`)
  const found = []
  for (const { type, settings } of CONNECTIONS) {
    if (!sources.has(type)) {
      say(`the source ${type} is not installed: left out`)
      continue
    }
    const known = present.find((one) => one.type === type)
    const body = { type, settings, schedule: SCHEDULE }
    const { id } = known ?? (await api.post<Integration>(`${project}/integrations`, body))
    const path = `${project}/integrations/${id}`
    if (known === undefined) await agree(api, path)
    found.push({ path, type })
  }
  return found
}
