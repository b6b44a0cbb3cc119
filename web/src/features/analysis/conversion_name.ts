import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'

/** Conversions that every project may have, besides events of its own. */
export const CONVERSIONS = ['order', 'deal_won', 'lead', 'deal'] as const

const EVENT = 'event:'
const CONVERSION = /^(order|deal|deal_won|lead|event:.{1,200})$/

export const isConversion = (text: string | null): text is string =>
  text !== null && CONVERSION.test(text)

/** What a conversion is called; events of the project's own have the name it gave them. */
export function useConversionName(): (conversion: string) => string {
  const { t } = useTranslation()
  return useCallback(
    (conversion: string) => {
      const known = CONVERSIONS.find((one) => one === conversion)
      if (known) return t(`conversion.${known}`)
      return conversion.startsWith(EVENT) ? conversion.slice(EVENT.length) : conversion
    },
    [t]
  )
}
