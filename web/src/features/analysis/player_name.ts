import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'

/** Players that stand for others: touches without a value, and what is beyond the biggest. */
const GATHERED = { '(not set)': 'not_set', '(other)': 'other' } as const

const isGatheredKey = (player: string): player is keyof typeof GATHERED => player in GATHERED

export const isGathered = (player: string): boolean => isGatheredKey(player)

/** What a player is called. */
export function usePlayerName(): (player: string) => string {
  const { t } = useTranslation()
  return useCallback(
    (player: string) => (isGatheredKey(player) ? t(`attribution.${GATHERED[player]}`) : player),
    [t]
  )
}
