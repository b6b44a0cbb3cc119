/**
 * Texts that only some pages need come with these pages. An area is loaded in the language in use,
 * and in the other one when the person switches.
 */
import type { texts as analysis } from './en/areas/analysis.ts'
import type { texts as models } from './en/areas/models.ts'
import type { texts as people } from './en/areas/people.ts'

export type AreaTexts = typeof analysis & typeof models & typeof people

interface Area {
  en: () => Promise<{ texts: object }>
  ru: () => Promise<{ texts: object }>
}

export const AREAS = {
  analysis: {
    en: () => import('./en/areas/analysis.ts'),
    ru: () => import('./ru/areas/analysis.ts'),
  },
  models: {
    en: () => import('./en/areas/models.ts'),
    ru: () => import('./ru/areas/models.ts'),
  },
  people: {
    en: () => import('./en/areas/people.ts'),
    ru: () => import('./ru/areas/people.ts'),
  },
} satisfies Record<string, Area>

export type AreaName = keyof typeof AREAS
