import type { AttributionSettings } from '../../api/types.ts'

/** The models, in the order they are offered: single touch, rules, data-driven. */
export const MODELS = [
  'last_non_direct',
  'last_touch',
  'first_touch',
  'linear',
  'time_decay',
  'position_based',
  'markov',
  'shapley',
] as const satisfies AttributionSettings['model'][]
export type Model = AttributionSettings['model']

export const isModel = (key: string | null | undefined): key is Model =>
  MODELS.some((model) => model === key)

/** What stands side by side at first: one of each family, so that differences show. */
export const FIRST_CHOICE: readonly Model[] = [
  'last_non_direct',
  'first_touch',
  'linear',
  'markov',
  'shapley',
]

/** A model keeps its colour whatever else is shown beside it. */
const CATEGORIES: Record<Model, number> = {
  last_non_direct: 1,
  first_touch: 2,
  linear: 3,
  markov: 4,
  shapley: 5,
  time_decay: 6,
  position_based: 7,
  last_touch: 8,
}

/** The name of the colour token. */
export const tokenOf = (model: Model): string => `cat-${CATEGORIES[model]}`

/** For styles, where the browser follows light and dark by itself. */
export const colourOf = (model: Model): string => `var(--af-${tokenOf(model)})`

/** Chosen models in the order they are offered, the project's own first. */
export function inOrder(models: readonly Model[], main: Model): Model[] {
  const ordered = MODELS.filter((model) => models.includes(model) && model !== main)
  return models.includes(main) ? [main, ...ordered] : ordered
}
