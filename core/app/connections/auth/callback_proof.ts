import { createHmac, timingSafeEqual } from 'node:crypto'
import type { OAuth2 } from '@analyticaflow/sdk/runtime'

type Parameters = Readonly<Record<string, string>>

const digest = (secret: string, text: string) =>
  createHmac('sha256', secret).update(text).digest('hex')

function isSame(sent: string, own: string): boolean {
  const [a, b] = [Buffer.from(sent), Buffer.from(own)]
  return a.length === b.length && timingSafeEqual(a, b)
}

function isSigned(parameters: Parameters, name: string, secret: string): boolean {
  const signed = Object.entries(parameters).filter(([key]) => key !== name)
  const text = signed
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, value]) => `${key}=${value}`)
    .join('&')
  return isSame(parameters[name] ?? '', digest(secret, text))
}

function isRecent(parameters: Parameters, name: string, seconds: number, now: Date): boolean {
  const at = Number(parameters[name])
  return Number.isFinite(at) && Math.abs(now.getTime() / 1000 - at) <= seconds
}

/** Whether the way back from the vendor is what its definition says of it. */
export function isProven(
  parameters: Parameters,
  { callback }: Pick<OAuth2, 'callback'>,
  { clientSecret, now }: { clientSecret: string; now: Date }
): boolean {
  if (callback?.hmac === undefined) return true
  const { hmac, timestamp } = callback
  if (!isSigned(parameters, hmac, clientSecret)) return false
  return (
    timestamp === undefined || isRecent(parameters, timestamp.name, timestamp.withinSeconds, now)
  )
}

/**
 * Settings that the way back names, such as the shop.
 *
 * @returns nothing where one is another than the connection's own
 */
export function settingsFrom(
  parameters: Parameters,
  { callback }: Pick<OAuth2, 'callback'>,
  present: Readonly<Record<string, unknown>>
): Record<string, string> | undefined {
  const named = Object.entries(callback?.settings ?? {})
  const settings: Record<string, string> = {}
  for (const [parameter, field] of named) {
    const value = parameters[parameter]
    const known = present[field]
    if (value === undefined) {
      if (known === undefined) return undefined
      continue
    }
    if (known !== undefined && known !== value) return undefined
    settings[field] = value
  }
  return settings
}
