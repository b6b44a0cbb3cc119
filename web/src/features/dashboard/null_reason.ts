import type { TFunction } from 'i18next'
import type { KpiAnswer } from '../../api/types.ts'

/** Why a figure is absent, as the report says it. */
export function nullReason(t: TFunction, answer: KpiAnswer, metric: string): string {
  const nulls = answer.meta['nulls']
  const reason = typeof nulls === 'object' && nulls !== null ? Reflect.get(nulls, metric) : null
  return typeof reason === 'string' ? reason : t('dashboard.no_value')
}
