/**
 * Texts that only some pages need come with these pages. An area is loaded in the language in use,
 * and in the other one when the person switches.
 */
import type { texts as analysis } from './en/areas/analysis.ts'
import type { texts as definitions } from './en/areas/definitions.ts'
import type { texts as imports } from './en/areas/imports.ts'
import type { texts as integrations } from './en/areas/integrations.ts'
import type { texts as metrics } from './en/areas/metrics.ts'
import type { texts as models } from './en/areas/models.ts'
import type { texts as names } from './en/areas/names.ts'
import type { texts as orders } from './en/areas/orders.ts'
import type { texts as people } from './en/areas/people.ts'
import type { texts as privacy } from './en/areas/privacy.ts'
import type { texts as rules } from './en/areas/rules.ts'

export type AreaTexts = typeof analysis &
  typeof definitions &
  typeof imports &
  typeof integrations &
  typeof metrics &
  typeof models &
  typeof names &
  typeof orders &
  typeof people &
  typeof privacy &
  typeof rules

interface Area {
  en: () => Promise<{ texts: object }>
  ru: () => Promise<{ texts: object }>
}

export const AREAS = {
  analysis: {
    en: () => import('./en/areas/analysis.ts'),
    ru: () => import('./ru/areas/analysis.ts'),
  },
  definitions: {
    en: () => import('./en/areas/definitions.ts'),
    ru: () => import('./ru/areas/definitions.ts'),
  },
  imports: {
    en: () => import('./en/areas/imports.ts'),
    ru: () => import('./ru/areas/imports.ts'),
  },
  integrations: {
    en: () => import('./en/areas/integrations.ts'),
    ru: () => import('./ru/areas/integrations.ts'),
  },
  metrics: {
    en: () => import('./en/areas/metrics.ts'),
    ru: () => import('./ru/areas/metrics.ts'),
  },
  models: {
    en: () => import('./en/areas/models.ts'),
    ru: () => import('./ru/areas/models.ts'),
  },
  names: {
    en: () => import('./en/areas/names.ts'),
    ru: () => import('./ru/areas/names.ts'),
  },
  orders: {
    en: () => import('./en/areas/orders.ts'),
    ru: () => import('./ru/areas/orders.ts'),
  },
  people: {
    en: () => import('./en/areas/people.ts'),
    ru: () => import('./ru/areas/people.ts'),
  },
  privacy: {
    en: () => import('./en/areas/privacy.ts'),
    ru: () => import('./ru/areas/privacy.ts'),
  },
  rules: {
    en: () => import('./en/areas/rules.ts'),
    ru: () => import('./ru/areas/rules.ts'),
  },
} satisfies Record<string, Area>

export type AreaName = keyof typeof AREAS
