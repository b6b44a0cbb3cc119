import type { PersonEvent } from '../../api/types.ts'

type Origin = PersonEvent['origin']

const SOURCE_PARTS = ['source', 'medium'] as const
const OTHERS = ['campaign', 'ad', 'keyword', 'landing_page', 'country', 'device'] as const

/** Where something came from, the most telling first; what is not known is left out. */
export function originDetails(origin: Partial<Origin>): string[] {
  const source = SOURCE_PARTS.flatMap((part) => origin[part] ?? []).join(' / ')
  return [source, ...OTHERS.flatMap((part) => origin[part] ?? [])].filter(Boolean)
}
