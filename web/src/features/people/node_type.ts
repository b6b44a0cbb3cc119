import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'

const TYPES = [
  'customer',
  'contact',
  'email',
  'phone',
  'client',
  'order',
  'refund',
  'deal',
  'lead',
  'touchpoint',
  'session',
  'event',
] as const

/** What kind of identifier or document something is. */
export function useNodeType(): (type: string) => string {
  const { t } = useTranslation()
  return useCallback(
    (type: string) => {
      const known = TYPES.find((one) => one === type)
      return known ? t(`node_type.${known}`) : type
    },
    [t]
  )
}
