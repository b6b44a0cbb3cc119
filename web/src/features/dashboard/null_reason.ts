import type { TFunction } from 'i18next'
import type { KpiAnswer } from '../../api/types.ts'

const KNOWN = ['aov', 'roas', 'drr'] as const

/** Why a figure is absent: in the person's language where the reason is known, else as the report says. */
export function nullReason(t: TFunction, answer: KpiAnswer, metric: string): string {
  const known = KNOWN.find((one) => one === metric)
  return known ? t(`null_reason.${known}`) : (answer.meta.nulls[metric] ?? t('dashboard.no_value'))
}
