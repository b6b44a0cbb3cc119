import { startSandbox, type Sandbox } from '@analyticaflow/sandbox'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { atEnd } from '../../scripts/test/at_end.ts'
import { Api } from '../../scripts/demo/api.ts'
import { APPLICATIONS } from '../../scripts/demo/applications.ts'
import { complaintsOf, openBrowser, openContext } from './browser.ts'
import { person, signIn } from './pages.ts'
import { startServer } from './server.ts'

/** A product that somebody has signed in to, with the doubles of the vendors behind it. */
export interface Shop {
  url: string
  api: Api
  sandbox: Sandbox
  browser: Browser
  context: BrowserContext
  page: Page
  complaints: string[]
}

const DAY_MS = 86_400_000
const HISTORY_DAYS = 21

const AHEAD_MS = 60_000
const now = Date.now() + AHEAD_MS
const dayOf = (time: number): string => new Date(time).toISOString().slice(0, 10)

/** The days of which the shop knows something. */
export const DAYS = { from: dayOf(now - HISTORY_DAYS * DAY_MS), to: dayOf(now) }

/**
 * Some days of a small shop. Its clock stands, so that what is true of it does not move; a little ahead,
 * so that nothing of it lies in our past.
 */
const SMALL = {
  now: new Date(now).toISOString(),
  seed: 5,
  peoplePerDay: 8,
  adsPerGroup: 1,
  from: DAYS.from,
}

async function open(): Promise<Shop> {
  const sandbox = await startSandbox(SMALL)
  atEnd.push(() => sandbox.close())
  const server = await startServer({
    ...APPLICATIONS,
    AF_OUTBOUND_ALLOW: '127.0.0.1',
    AF_VENDOR_BASE_URLS: sandbox.vendorBaseUrls,
  })
  atEnd.push(server.stop)
  const api = new Api(server.url)
  await api.signIn(person.email, person.password)
  const browser = await openBrowser()
  atEnd.push(() => browser.close())
  const context = await openContext(browser, server.url)
  const page = await context.newPage()
  const complaints = complaintsOf(page)
  await signIn(page)
  await page.getByRole('heading', { name: 'Create your first project' }).waitFor()
  return { url: server.url, api, sandbox, browser, context, page, complaints }
}

interface Group {
  setup: (hook: () => Promise<void>) => unknown
}

let opened: Promise<Shop> | undefined

/** The one shop of all groups that do not need an empty product; it is there once their tests run. */
export function useShop(group: Group): Shop {
  const shop = {} as Shop
  group.setup(async () => {
    opened ??= open()
    Object.assign(shop, await opened)
  })
  return shop
}

const PAUSE_MS = 200

/** Makes a project and imports files into it, as columns of the names of their fields. */
export async function newProject(
  api: Api,
  name: string,
  files: Readonly<Record<string, string>> = {}
): Promise<string> {
  const body = { name, currency: 'EUR', timezone: 'Europe/Berlin' }
  const { id } = await api.post<{ id: string }>('/projects', body)
  for (const [kind, text] of Object.entries(files)) await importFile(api, id, kind, text)
  return id
}

async function importFile(api: Api, project: string, kind: string, text: string): Promise<void> {
  const [head = ''] = text.split('\n', 1)
  const columns = Object.fromEntries(head.split(',').map((column) => [column, column]))
  const constants = kind === 'touchpoints' ? {} : { currency: 'EUR' }
  const form = new FormData()
  form.append('spec', JSON.stringify({ kind, name: kind, columns, constants }))
  form.append('file', new Blob([text]), `${kind}.csv`)
  const path = `/projects/${project}/imports`
  let { id, status } = await api.post<{ id: string; status: string }>(path, form)
  while (status !== 'done') {
    if (status === 'failed') throw new Error(`The import of ${kind} failed`)
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS))
    ;({ id, status } = await api.get<{ id: string; status: string }>(`${path}/${id}`))
  }
}
