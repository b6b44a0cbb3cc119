import type { Integration, Source } from '../../api/types.ts'

type Status = Integration['status']

/** What needs somebody comes first, what is under way next. */
const ORDER: readonly Status[] = ['needs_reauth', 'error', 'syncing', 'pending', 'active', 'paused']

export function troubleFirst(integrations: readonly Integration[]): Integration[] {
  return [...integrations].sort(
    (one, other) =>
      ORDER.indexOf(one.status) - ORDER.indexOf(other.status) || one.name.localeCompare(other.name)
  )
}

/** Without those that are fed by files: they are shown as imports. */
export function connectedOnly(
  integrations: readonly Integration[],
  sources: readonly Source[]
): Integration[] {
  const files = new Set(
    sources.filter(({ capabilities }) => capabilities.file_import).map(({ id }) => id)
  )
  return integrations.filter(({ type }) => !files.has(type))
}

export const TONES: Record<Status, 'good' | 'bad' | 'busy' | 'quiet'> = {
  active: 'good',
  error: 'bad',
  needs_reauth: 'bad',
  paused: 'quiet',
  pending: 'busy',
  syncing: 'busy',
}

/** Causes that have words and advice of their own; others are told as the source tells them. */
export const TROUBLES = [
  'auth_expired',
  'auth_scope',
  'config_invalid',
  'not_connected',
  'rate_limited',
  'vendor_unavailable',
  'vendor_response',
] as const
export type Trouble = (typeof TROUBLES)[number]

export const troubleOf = (code: string): Trouble | null =>
  TROUBLES.find((trouble) => trouble === code) ?? null
