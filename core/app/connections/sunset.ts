import type { Source } from './registry/load.ts'

/** How near the end of a vendor's API version is. */
export const sunsetLevels = ['none', 'notice', 'warning', 'past'] as const
export type SunsetLevel = (typeof sunsetLevels)[number]

export interface Sunset {
  level: SunsetLevel
  daysLeft: number | null
}

const DAY_MS = 86_400_000
const NOTICE_DAYS = 90
const WARNING_DAYS = 30

/** Whole days until the version is switched off, and what that means. */
export function sunsetOf({ vendorApi }: Pick<Source, 'vendorApi'>, now: Date): Sunset {
  const day = vendorApi?.sunset
  if (day === undefined) return { level: 'none', daysLeft: null }
  const today = Date.parse(now.toISOString().slice(0, 10))
  const daysLeft = Math.round((Date.parse(day) - today) / DAY_MS)
  if (daysLeft <= 0) return { level: 'past', daysLeft }
  if (daysLeft <= WARNING_DAYS) return { level: 'warning', daysLeft }
  return { level: daysLeft <= NOTICE_DAYS ? 'notice' : 'none', daysLeft }
}

/** What a user is told of it; nothing while there is time. */
export function sunsetMessage(
  source: Pick<Source, 'title' | 'vendorApi'>,
  now: Date
): string | undefined {
  const { level, daysLeft } = sunsetOf(source, now)
  if (level === 'none') return undefined
  const version = `version ${source.vendorApi?.version ?? ''} of the API of ${source.title}`
  return level === 'past'
    ? `The vendor has switched off ${version} (planned for ${source.vendorApi?.sunset}). Update AnalyticaFlow or the connector.`
    : `The vendor switches off ${version} on ${source.vendorApi?.sunset}, in ${daysLeft} days. Update AnalyticaFlow or the connector before.`
}
