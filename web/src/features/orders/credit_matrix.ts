import type { ExplainedOrder, OrderModel } from '../../api/types.ts'
import { MODELS, type Model } from '../analysis/models.ts'
import { sectionsOf } from './touch_sections.ts'

export interface Cell {
  /** Of the whole order, from 0 to 1. */
  credit: number
  amount: number
}

export interface MatrixRow {
  key: string
  /** The touch's place on the path; null in rows of players. */
  number: number | null
  player: string
  at: string | null
  /** By model; one that divides no single order has none. */
  cells: Partial<Record<Model, Cell>>
}

const cell = ({ credit, amount }: { credit: string; amount: string }): Cell => ({
  credit: Number(credit),
  amount: Number(amount),
})

/** Models that say something of a single order, in the order they are offered. */
export const inOfferedOrder = (models: readonly OrderModel[]): OrderModel[] =>
  MODELS.flatMap((model) => models.filter((one) => one.model === model))

/** A row per counted touch: what each model credits it with. */
export function touchRows({ touches, models }: ExplainedOrder): MatrixRow[] {
  const credited = models.map(
    ({ model, touches: ofModel }) =>
      [model, new Map(ofModel.map((touch) => [touch.touch_id, touch]))] as const
  )
  return sectionsOf(touches).within.flatMap(({ touch, number }) => {
    if (number === null) return []
    const cells = credited.flatMap(([model, byId]) => {
      const found = byId.get(touch.id)
      return found ? [[model, cell(found)] as const] : []
    })
    const { id: key, player, at } = touch
    return [{ key, number, player, at, cells: Object.fromEntries(cells) }]
  })
}

/** A row per player on the path, those with most credit over all models first. */
export function playerRows({ models }: ExplainedOrder): MatrixRow[] {
  const rows = new Map<string, MatrixRow>()
  for (const { model, players } of models) {
    for (const { player, ...share } of players) {
      if (player === null) continue
      const row = rows.get(player) ?? { key: player, number: null, player, at: null, cells: {} }
      row.cells[model] = cell(share)
      rows.set(player, row)
    }
  }
  const weightOf = ({ cells }: MatrixRow) =>
    Object.values(cells).reduce((sum, { credit }) => sum + credit, 0)
  return [...rows.values()].sort((one, other) => weightOf(other) - weightOf(one))
}

/** A formula as the language writes numbers. */
export const localFormula = (formula: string, language: string): string =>
  language === 'ru' ? formula.replaceAll(/(\d)\.(\d)/g, '$1,$2') : formula
