import type { Api } from './api.ts'

const NEXT = [301, 302, 303]

/** The fields of the form on a page of the sandbox, as its user finds them: what is checked, is sent. */
function formOf(page: string, decision: string): URLSearchParams {
  const form = new URLSearchParams({ decision })
  for (const [input] of page.matchAll(/<input [^>]*checked[^>]*>/g)) {
    const name = /name="([^"]*)"/.exec(input)?.[1]
    const value = /value="([^"]*)"/.exec(input)?.[1]
    if (name !== undefined && value !== undefined) form.append(name, value)
  }
  return form
}

/**
 * What a user does in the browser: opens the vendor's page, agrees, and is led back with the cookie of
 * the one who asked.
 */
export async function agree(api: Api, integration: string): Promise<void> {
  const path = `${integration}/authorize`
  const { data, cookies } = await api.call<{ url: string }>('POST', path, {})
  const page = await (await fetch(data.url)).text()
  const decision = page.includes('value="install"') ? 'install' : 'allow'
  const body = formOf(page, decision)
  const agreed = await fetch(data.url, { method: 'POST', body, redirect: 'manual' })
  const back = agreed.headers.get('location')
  if (!NEXT.includes(agreed.status) || back === null) {
    throw new Error(`The vendor's page answered ${agreed.status}`)
  }
  const cookie = cookies.map((one) => one.split(';')[0]).join('; ')
  const ended = await fetch(back, { headers: { cookie }, redirect: 'manual' })
  const result = new URL(ended.headers.get('location') ?? '/', back).searchParams.get('connected')
  if (result !== 'ok') throw new Error(`The consent ended as “${result}” (${ended.status})`)
}
