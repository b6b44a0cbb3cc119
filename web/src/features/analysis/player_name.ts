import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../i18n/format.ts'

/** Players that stand for others: touches without a value, and what is beyond the biggest. */
const GATHERED = { '(not set)': 'not_set', '(other)': 'other' } as const

const isGatheredKey = (player: string): player is keyof typeof GATHERED => player in GATHERED

export const isGathered = (player: string): boolean => isGatheredKey(player)

/** What a player of a grouping is called. */
export function usePlayerName(by?: string): (player: string) => string {
  const { t } = useTranslation()
  const format = useFormat()
  return useCallback(
    (player: string) => {
      if (isGatheredKey(player)) return t(`attribution.${GATHERED[player]}`)
      return by === 'country' ? format.country(player) : player
    },
    [t, format, by]
  )
}
