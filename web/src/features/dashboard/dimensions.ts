import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../i18n/format.ts'
import type { KpiRow } from '../../api/types.ts'
import type { Metric } from './metrics.ts'

/** What the table can break figures down by, and the filters that go with it. */
export const DIMENSIONS = ['country', 'product', 'channel', 'campaign_name', 'source'] as const
export type Dimension = (typeof DIMENSIONS)[number]

export const isDimension = (key: string | null): key is Dimension =>
  DIMENSIONS.some((dimension) => dimension === key)

const SALES: Metric[] = ['revenue', 'orders', 'aov', 'customers', 'refunds']
const MARKETING: Metric[] = ['revenue', 'orders', 'cost', 'romi', 'customers']

/** What has a meaning for each: a product has no order value of its own. */
export const COLUMNS: Record<Dimension, readonly Metric[]> = {
  country: SALES,
  product: ['revenue', 'orders', 'customers', 'refunds'],
  channel: MARKETING,
  campaign_name: MARKETING,
  source: MARKETING,
}

const text = (value: string | number | null | undefined): string | null =>
  value === null || value === undefined || value === '' ? null : String(value)

/** The value a row is filtered by; '' for rows of which it is not known. */
export const valueOf = (row: KpiRow, by: Dimension): string => text(row[by]) ?? ''

/** What to call it: products have a readable name beside their id. */
export const labelOf = (row: KpiRow, by: Dimension): string | null =>
  (by === 'product' ? text(row.product_name) : null) ?? text(row[by])

/** By what orders are credited: without a value are those that no visit led to. */
const OF_VISITS: ReadonlySet<Dimension> = new Set(['channel', 'campaign_name', 'source'])

/** A visit, or an ad's cost, that says nothing of it. */
const NOT_SET = '(not set)'

/** How a value is called; `label` where the row has one of its own. */
export function useValueName() {
  const { t } = useTranslation()
  const format = useFormat()
  return useCallback(
    (by: Dimension, value: string, label: string | null = value): string => {
      if (value === NOT_SET) return t('dimension.none')
      if (by === 'country' && value !== '') return format.country(value)
      if (value !== '') return label ?? value
      return OF_VISITS.has(by) ? t('dimension.unattributed') : t('dimension.none')
    },
    [t, format]
  )
}
