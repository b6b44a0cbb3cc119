import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import type { RunError } from '../../api/types.ts'
import { troubleOf } from './status.ts'

interface TroubleText {
  title: string
  /** What to do about it. */
  advice: string
  /** What the source says itself. */
  detail: string
}

/** A cause in plain words, with what to do; the source's own words stay beside it. */
export function useTroubleText(): (error: Pick<RunError, 'code' | 'message'>) => TroubleText {
  const { t } = useTranslation()
  return useCallback(
    ({ code, message }) => {
      const trouble = troubleOf(code)
      return {
        title: trouble ? t(`trouble.${trouble}`) : message,
        advice: t(trouble ? `trouble_advice.${trouble}` : 'integrations.advice'),
        detail: trouble ? message : '',
      }
    },
    [t]
  )
}
