import type { PersonEvent } from '../../api/types.ts'

type Origin = PersonEvent['origin']

const SOURCE_PARTS = ['source', 'medium'] as const
const BEFORE = ['campaign', 'ad', 'keyword'] as const
const AFTER = ['country', 'device'] as const
type Part = (typeof BEFORE | typeof AFTER)[number]

/** What the parameters of a link say stands beside it already. */
const withoutQuery = (page: string): string => page.replace(/[?#].*$/s, '')

/** Where something came from, the most telling first; what is not known is left out. */
export function originDetails(origin: Partial<Origin>): string[] {
  const source = SOURCE_PARTS.flatMap((part) => origin[part] ?? []).join(' / ')
  const valuesOf = (parts: readonly Part[]) => parts.flatMap((part) => origin[part] ?? [])
  const page = withoutQuery(origin.landing_page ?? '')
  return [source, ...valuesOf(BEFORE), page, ...valuesOf(AFTER)].filter(Boolean)
}
