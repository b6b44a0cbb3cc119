import { useTranslation } from 'react-i18next'

const KNOWN = ['order', 'deal_won', 'lead', 'deal'] as const
const EVENT = 'event:'

/** What a conversion is called; events of the project's own have the name it gave them. */
export function useConversionName(): (conversion: string) => string {
  const { t } = useTranslation()
  return (conversion) => {
    const known = KNOWN.find((one) => one === conversion)
    if (known) return t(`conversion.${known}`)
    return conversion.startsWith(EVENT) ? conversion.slice(EVENT.length) : conversion
  }
}
