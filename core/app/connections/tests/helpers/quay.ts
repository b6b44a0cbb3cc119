import { createHmac, randomUUID } from 'node:crypto'
import type { Group } from '@japa/runner/core'
import { api, baseUrl } from '#tests/api'
import { makeProject } from '#tests/factories'
import { useSources } from './fixtures.ts'
import { CLIENT_SECRET, QuayVendor } from './quay_vendor.ts'

interface Integration {
  id: string
  status: string
  needs_consent: boolean
  missing: string[]
  error: { code: string; message: string } | null
  settings: Record<string, unknown>
  warnings: { code: string }[]
}

/** The vendor's double for the tests of a group, with the environment that leads to it. */
export function useQuay(group: Group): { vendor: QuayVendor } {
  const held = { vendor: new QuayVendor() }
  const before = { ...process.env }
  const set = new Set(['AF_PUBLIC_URL'])
  useSources(group, 'quay')
  group.each.setup(async () => {
    held.vendor = new QuayVendor()
    await held.vendor.start()
    const { environment } = held.vendor
    for (const name of Object.keys(environment)) set.add(name)
    Object.assign(process.env, environment, { AF_PUBLIC_URL: baseUrl() })
    return () => held.vendor.stop()
  })
  group.teardown(() => {
    for (const name of set) {
      // An empty setting is one that is not there.
      process.env[name] = before[name] ?? ''
    }
  })
  return held
}

/** An integration with the double's source in a project of its own, and what a user does with it. */
export async function quayIntegration(vendor: QuayVendor, input: Record<string, unknown> = {}) {
  const made = await makeProject({ currency: 'EUR', timezone: 'UTC' })
  const call = api(made.owner)
  const list = `/projects/${made.id}/integrations`
  const created = await call.post<{ data: Integration }>(list, { type: 'quay-shop', ...input })
  const { id } = created.body.data
  const path = `${list}/${id}`
  const begin = async () => {
    const { body, headers } = await call.post<{ data: { url: string } }>(`${path}/authorize`)
    const cookie = (headers.get('set-cookie') ?? '').split(';')[0] ?? ''
    return { url: body.data.url, cookie }
  }
  /** The browser comes back; where it is led to. */
  const comeBack = async (url: URL, cookie: string) => {
    const answer = await fetch(url, { redirect: 'manual', headers: { cookie } })
    return { status: answer.status, location: answer.headers.get('location') ?? '' }
  }
  return {
    ...made,
    call,
    path,
    integrationId: id,
    created: created.body.data,
    begin,
    comeBack,
    show: async () => (await call.get<{ data: Integration }>(path)).body.data,
    connect: async (settings: Record<string, unknown> = { account: 'acc-1' }) => {
      const { url, cookie } = await begin()
      await comeBack(vendor.agree(url), cookie)
      await call.patch(path, { settings })
    },
  }
}

interface Told {
  topic: string
  body: unknown
  delivery?: string
  signature?: string
  shop?: string
}

/** A call of the vendor, signed as it signs. */
export async function tell(url: string, { topic, body, delivery, signature, shop }: Told) {
  const text = JSON.stringify(body)
  const own = createHmac('sha256', CLIENT_SECRET).update(text).digest('base64')
  const answer = await fetch(url, {
    method: 'POST',
    body: text,
    headers: {
      'content-type': 'application/json',
      'x-quay-topic': topic,
      'x-quay-delivery': delivery ?? randomUUID(),
      'x-quay-hmac': signature ?? own,
      ...(shop !== undefined && { 'x-quay-shop': shop }),
    },
  })
  return { status: answer.status, body: (await answer.json()) as Record<string, unknown> }
}
