import { useTranslation } from 'react-i18next'
import type { Figure } from './figures.ts'
import type { Value } from './use_attribution_state.ts'

/** What a figure is called; money is what the person chose to divide. */
export function useFigureName(value: Value): (figure: Figure) => string {
  const { t } = useTranslation()
  return (figure) => (figure === 'revenue' ? t(`value.${value}`) : t(`figure.${figure}`))
}
