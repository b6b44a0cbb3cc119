import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { test } from '@japa/runner'
import { Api } from '../helpers/api.ts'
import { openBrowser, openContext } from '../helpers/browser.ts'
import { startDemo, type Demo } from '../helpers/demo.ts'

interface Named {
  id: string
  name: string
}
interface Integration extends Named {
  type: string
  status: string
}
interface Run {
  status: string
}
interface OrderTruth {
  is_test: boolean
  is_cancelled: boolean
  net_cents: number
  total_cents: number
  refunds: { net_cents: number }[]
}

const DAY = 86_400_000
const dayOf = (time: number) => new Date(time).toISOString().slice(0, 10)
const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0)

async function control<T>({ sandbox }: Demo, path: string, body?: object): Promise<T> {
  const headers = { 'content-type': 'application/json' }
  const sent = body && { method: 'POST', headers, body: JSON.stringify(body) }
  const response = await fetch(`${sandbox}/control/${path}`, sent)
  if (!response.ok) throw new Error(`${path}: ${response.status}`)
  return (await response.json()) as T
}

/** What the simulated shop itself says of all of its days until yesterday. */
async function truthOf(demo: Demo, to: string) {
  const all = await control<OrderTruth[]>(demo, `truth/shopify/orders?to=${to}`)
  const orders = all.filter(({ is_test, is_cancelled }) => !is_test && !is_cancelled)
  const returned = sum(orders.flatMap(({ refunds }) => refunds).map((one) => one.net_cents))
  const account = 'customer=7205550134&level=campaign'
  const days = await control<{ cost_micros: number }[]>(
    demo,
    `truth/google-ads/daily?${account}&from=${dayOf(Date.now() - 800 * DAY)}&to=${to}`
  )
  return {
    revenue: (sum(orders.map(({ net_cents }) => net_cents)) - returned) / 100,
    orders: orders.filter(({ total_cents }) => total_cents !== 0).length,
    cost: sum(days.map(({ cost_micros }) => cost_micros)) / 1e6,
  }
}

async function open(demo: Demo) {
  const api = new Api(demo.url)
  await api.signIn(demo.email, demo.password)
  const projects = (await api.get<{ data: Named[] }>('/projects')).data
  const project = `/projects/${projects[0]?.id}`
  const { data } = await api.get<{ data: Integration[] }>(`${project}/integrations`)
  return { api, projects, project, integrations: data }
}

type Opened = Awaited<ReturnType<typeof open>>

async function syncAll({ api, project, integrations }: Opened): Promise<string[]> {
  const end = async ({ id }: Integration) => {
    const path = `${project}/integrations/${id}`
    const started = await api.post<{ data: Named }>(`${path}/sync`, {})
    for (;;) {
      const { data } = await api.get<{ data: Run }>(`${path}/runs/${started.data.id}`)
      if (!['queued', 'running'].includes(data.status)) return data.status
      await sleep(300)
    }
  }
  return Promise.all(integrations.map(end))
}

test.group('npm run demo', (group) => {
  group.bail()
  group.tap((one) => one.timeout(240_000))
  let demo: Demo
  let folder = ''

  group.setup(async () => {
    folder = await mkdtemp(join(tmpdir(), 'af-demo-'))
    demo = await startDemo(folder)
  })
  group.teardown(async () => {
    await demo.stop()
    await rm(folder, { recursive: true, force: true })
  })

  test('there are one project and two integrations, whose runs have succeeded', async ({
    assert,
  }) => {
    const { api, projects, project, integrations } = await open(demo)
    assert.lengthOf(projects, 1)
    assert.sameMembers(
      integrations.map(({ type, status }) => `${type} ${status}`),
      ['google-ads active', 'shopify active']
    )
    for (const { id } of integrations) {
      const runs = (await api.get<{ data: Run[] }>(`${project}/integrations/${id}/runs`)).data
      assert.isNotEmpty(runs)
      assert.isTrue(runs.every(({ status }) => status === 'done'))
    }
  })

  test('its key figures are what is true in the shop', async ({ assert }) => {
    const opened = await open(demo)
    // From now on the vendors' clock stands still, so that both sides speak of the same moment.
    await control(demo, 'clock', { now: new Date().toISOString() })
    assert.deepEqual(await syncAll(opened), ['done', 'done'])
    const to = dayOf(Date.now() - DAY)
    const asked = { date_from: dayOf(Date.now() - 800 * DAY), date_to: to }
    const { totals } = await opened.api.post<{ totals: Record<string, number> }>(
      `${opened.project}/reports/kpi`,
      { ...asked, metrics: ['revenue', 'orders', 'cost'] }
    )
    const truth = await truthOf(demo, to)
    assert.isAbove(truth.orders, 100)
    const { cost, ...sales } = totals
    assert.deepEqual(sales, { revenue: truth.revenue, orders: truth.orders })
    assert.closeTo(cost ?? 0, truth.cost, 1e-6)
  })

  test('its user signs in with what it has printed', async ({ assert }) => {
    const browser = await openBrowser()
    try {
      const page = await (await openContext(browser, demo.url)).newPage()
      await page.goto('/sign-in')
      await page.getByLabel('E-mail').fill(demo.email)
      await page.getByLabel('Password', { exact: true }).fill(demo.password)
      await page.getByRole('button', { name: 'Sign in' }).click()
      await page.getByText('Harbour Coffee (demo)').first().waitFor()
      assert.notInclude(page.url(), 'sign-in')
    } finally {
      await browser.close()
    }
  })

  test('a second start finds all of it', async ({ assert }) => {
    const { email, password } = demo
    await demo.stop()
    demo = await startDemo(folder)
    assert.deepEqual([demo.email, demo.password], [email, password])
    const { projects, integrations } = await open(demo)
    assert.lengthOf(projects, 1)
    assert.lengthOf(integrations, 2)
  })
})
