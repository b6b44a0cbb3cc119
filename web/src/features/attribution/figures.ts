import type { AttributionRow } from '../../api/types.ts'
import { changeBetween } from '../../components/change.ts'
import type { Formatter } from '../../i18n/format.ts'
import type { Model } from '../analysis/models.ts'

/** What the table and the chart show of each model. */
export const FIGURES = ['revenue', 'conversions', 'share', 'new_customers', 'roas', 'cpa'] as const
export type Figure = (typeof FIGURES)[number]

export const isFigure = (key: string | null): key is Figure =>
  FIGURES.some((figure) => figure === key)

export const figureOf = (
  row: Pick<AttributionRow, 'models'>,
  model: Model,
  figure: Figure
): number | null => row.models[model]?.[figure] ?? null

/** As the table writes it: credits are fractions of conversions, money whole. */
export function writeFigure(
  format: Formatter,
  figure: Figure,
  value: number,
  currency: string
): string {
  switch (figure) {
    case 'revenue':
      return format.moneyWhole(value, currency)
    case 'cpa':
      return format.money(value, currency)
    case 'conversions':
    case 'new_customers':
      return format.credit(value)
    case 'share':
      return format.percent(value)
    case 'roas':
      return format.ratio(value)
  }
}

/** To the last cent, for where somebody looks closer. */
export const writeExactly = (
  format: Formatter,
  figure: Figure,
  value: number,
  currency: string
): string =>
  figure === 'revenue'
    ? format.money(value, currency)
    : writeFigure(format, figure, value, currency)

/** For axes. */
export function writeShort(
  format: Formatter,
  figure: Figure,
  value: number,
  currency: string
): string {
  switch (figure) {
    case 'revenue':
    case 'cpa':
      return format.moneyShort(value, currency)
    case 'conversions':
    case 'new_customers':
      return format.countShort(value)
    case 'share':
      return format.percent(value, 0)
    case 'roas':
      return format.ratio(value)
  }
}

/** Whether more of it is good news. */
const BETTER: Record<Figure, 'up' | 'down' | 'neutral'> = {
  revenue: 'up',
  conversions: 'up',
  new_customers: 'up',
  share: 'neutral',
  roas: 'up',
  cpa: 'down',
}

export const changeOf = (figure: Figure, value: number | null, before: number | null) =>
  changeBetween(BETTER[figure], value, before)
